//! What a condition can come to, as a set: true, false, or undecided for one of two reasons. Knows no condition.

/// What a condition came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Truth {
    True,
    False,
    /// A path leads nowhere.
    Missing,
    /// A value is there, and nothing can be made of it.
    Unusable,
}

/// A set of them: what is still possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Truths(u8);

impl Truth {
    const ALL: [Self; 4] = [Self::True, Self::False, Self::Missing, Self::Unusable];

    pub(super) const fn of(known: bool) -> Self {
        if known { Self::True } else { Self::False }
    }

    const fn not(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::Missing => Self::Missing,
            Self::Unusable => Self::Unusable,
        }
    }

    /// False wins over what is undecided, and what is unusable over what is missing: as rules are judged.
    const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::False, _) | (_, Self::False) => Self::False,
            (Self::Unusable, _) | (_, Self::Unusable) => Self::Unusable,
            (Self::Missing, _) | (_, Self::Missing) => Self::Missing,
            (Self::True, Self::True) => Self::True,
        }
    }
}

impl Truths {
    pub(super) const NONE: Self = Self(0);
    pub(super) const TRUE: Self = Self::only(Truth::True);
    pub(super) const FALSE: Self = Self::only(Truth::False);
    pub(super) const UNUSABLE: Self = Self::only(Truth::Unusable);
    pub(super) const UNDECIDED: Self = Self::only(Truth::Missing).with(Self::UNUSABLE);
    pub(super) const ALL: Self = Self::TRUE.with(Self::FALSE).with(Self::UNDECIDED);

    pub(super) const fn only(truth: Truth) -> Self {
        Self(1 << truth as u8)
    }

    pub(super) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Everything that is not in it.
    pub(super) const fn others(self) -> Self {
        Self(Self::ALL.0 & !self.0)
    }

    /// Whether the two have anything in common.
    pub(super) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) const fn within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    pub(super) const fn holds(self, truth: Truth) -> bool {
        self.meets(Self::only(truth))
    }

    /// Whether nothing is open any more.
    pub(super) const fn is_one(self) -> bool {
        self.0.is_power_of_two()
    }

    pub(super) fn not(self) -> Self {
        self.each().fold(Self::NONE, |all, truth| all.with(Self::only(truth.not())))
    }

    pub(super) fn and(self, other: Self) -> Self {
        if self == Self::FALSE || other == Self::FALSE {
            return Self::FALSE;
        }
        let pairs = self.each().flat_map(|left| other.each().map(move |right| left.and(right)));
        pairs.fold(Self::NONE, |all, truth| all.with(Self::only(truth)))
    }

    pub(super) fn or(self, other: Self) -> Self {
        self.not().and(other.not()).not()
    }

    fn each(self) -> impl Iterator<Item = Truth> {
        Truth::ALL.into_iter().filter(move |truth| self.holds(*truth))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const T: Truths = Truths::TRUE;
    const F: Truths = Truths::FALSE;
    const M: Truths = Truths::only(Truth::Missing);
    const X: Truths = Truths::UNUSABLE;

    #[test]
    fn false_decides_an_and_and_true_an_or_whatever_else_is_undecided() {
        assert_eq!([F.and(X), X.and(F), T.and(M), M.and(X), T.and(T)], [F, F, M, X, T]);
        assert_eq!([T.or(X), M.or(T), F.or(M), X.or(M), F.or(F)], [T, T, M, X, F]);
    }

    #[test]
    fn sets_hold_whatever_any_pair_comes_to() {
        assert_eq!(T.with(F).and(M), F.with(M));
        assert_eq!(Truths::ALL.not(), Truths::ALL);
        assert_eq!(T.others(), F.with(Truths::UNDECIDED));
        assert!(T.within(T.with(M)) && !T.with(M).within(T));
    }
}
