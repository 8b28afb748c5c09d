//! Many files at once: on as many cores as there are, in stretches, with the same result as on one.

use rayon::ThreadPoolBuilder;
use rayon::iter::ParallelIterator as _;
use rayon::slice::ParallelSlice as _;

use crate::session::surroundings::Surroundings;

/// Up to here, the cores take longer to get going than the files to be judged.
const FEW: usize = 50;
/// Files that are judged at a stretch.
const STRETCH: usize = 16;
/// Texts may nest as deeply as where one core does all.
const STACK: usize = 8 << 20;

/// What comes of each stretch of `files`, in their order.
pub(super) fn on_every_core<F: Sync, R: Send>(
    files: &[F],
    surroundings: &dyn Surroundings,
    work: impl Fn(&[F]) -> R + Sync,
) -> Vec<R> {
    let cores = if files.len() > FEW { surroundings.cores() } else { 1 };
    let pool = || ThreadPoolBuilder::new().num_threads(cores).stack_size(STACK).build().ok();
    match (cores > 1).then(pool).flatten() {
        Some(pool) => pool.install(|| files.par_chunks(STRETCH).map(&work).collect()),
        None => files.chunks(STRETCH).map(work).collect(),
    }
}
