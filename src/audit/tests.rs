//! What journals, waivers and rules come to as evidence.
