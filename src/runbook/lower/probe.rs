//! Probes: an address or a command, and what answer is right.

use super::Lowering;
use super::defaults::{EXIT_STATUS, HTTP_STATUS, LOOK_TIMEOUT, PROBE_EVERY, PROBE_FAILURES};
use super::diagnostics::UNSUPPORTED_ACTION;
use super::step::seconds;
use crate::model::plan;
use crate::runbook::{Check, Probe, Seconds};

impl Lowering<'_> {
    pub(super) fn probe(&mut self, probe: &plan::Probe) -> Option<Probe> {
        let id = self.actions.claim(&probe.head, &mut self.diagnostics);
        let check = self.looks_at(probe);
        let every = self.limit(probe.every.as_ref(), PROBE_EVERY);
        let timeout = self.limit(probe.timeout.as_ref(), LOOK_TIMEOUT);
        let failures = probe.failures.as_ref().map_or(PROBE_FAILURES, |failures| failures.value.0);
        if let (0, Some(written)) = (failures, &probe.failures) {
            let help = "write `failures = 1`, or more";
            self.refuse(&UNSUPPORTED_ACTION, written.place, "a probe that may fail for ever proves nothing", help);
        }
        let (env, secrets) = self.environment(probe.env.as_ref(), probe.secrets.as_ref())?;
        Some(Probe {
            id: id?,
            title: probe.head.label().to_owned(),
            check: check?,
            every: every?,
            lasting: seconds(probe.lasting.as_ref(), Seconds::ZERO),
            failures,
            timeout: timeout?,
            env,
            secrets,
        })
    }

    fn looks_at(&mut self, probe: &plan::Probe) -> Option<Check> {
        let expect = probe.expect.as_ref();
        match (&probe.http, &probe.run) {
            (Some(url), None) => {
                if !url.value.starts_with("https://") && !url.value.starts_with("http://") {
                    let message = format!("`{}` is no address that can be asked", url.value);
                    self.refuse(&UNSUPPORTED_ACTION, url.place, message, "start it with `https://` or `http://`");
                    return None;
                }
                let status = match expect {
                    Some(expect) => u16::try_from(expect.value.0).ok().filter(|status| (100..600).contains(status)),
                    None => Some(HTTP_STATUS),
                };
                if let (None, Some(expect)) = (status, expect) {
                    let message = format!("`{}` is no HTTP status", expect.value.0);
                    self.refuse(&UNSUPPORTED_ACTION, expect.place, message, "write one from 100 to 599, such as 200");
                }
                Some(Check::Http { url: url.value.clone(), expect: status? })
            }
            (None, Some(run)) => {
                let status = expect.map_or(Some(EXIT_STATUS), |expect| u8::try_from(expect.value.0).ok());
                if let (None, Some(expect)) = (status, expect) {
                    let message = format!("`{}` is no exit status", expect.value.0);
                    self.refuse(&UNSUPPORTED_ACTION, expect.place, message, "write one from 0 to 255");
                }
                Some(Check::Script { run: run.value.0.clone(), expect: status? })
            }
            (Some(_), Some(run)) => {
                let message = format!("`{}` looks at two things", probe.head.id.value);
                self.refuse(&UNSUPPORTED_ACTION, run.place, message, "make two probes of it");
                None
            }
            (None, None) => {
                self.missing(probe.head.id.place, "probe", "http");
                None
            }
        }
    }
}
