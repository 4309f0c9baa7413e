//! `data/world/*.tsv` → `World`: where countries lie, and who are neighbours.

use parallax_core::almanac::World;
use std::sync::LazyLock;

static WORLD: LazyLock<World> = LazyLock::new(|| {
    World::parse(include_str!("../data/world/countries.tsv"), include_str!("../data/world/borders.tsv"))
});

/// The world, loaded at first use and kept.
#[must_use]
pub fn world() -> &'static World {
    &WORLD
}

#[cfg(test)]
mod tests {
    use super::*;
    use parallax_core::almanac::Apart;
    use std::collections::BTreeSet;

    #[test]
    fn neighbours_are_countries_that_are_known_each_pair_once() {
        let known: BTreeSet<&str> = world().countries().collect();
        let rows = include_str!("../data/world/borders.tsv").lines().filter(|line| !line.starts_with('#'));
        let mut seen = BTreeSet::new();
        for row in rows {
            let (code, others) = row.split_once('\t').expect("a code and its neighbours");
            for other in others.split_whitespace() {
                assert!(known.contains(code) && known.contains(other), "{code} {other}");
                assert!(seen.insert((code.min(other), code.max(other))), "{code} {other} stands twice");
            }
        }
        // Of all borders on land the world has a little over 300.
        assert!((300..340).contains(&seen.len()), "{}", seen.len());
    }

    #[test]
    fn the_world_is_where_it_is() {
        assert_eq!(world().apart("FR", "DE"), Some(Apart::Border));
        assert_eq!(world().apart("GR", "GR"), Some(Apart::Same));
        let Some(Apart::Kilometres(far)) = world().apart("JP", "BR") else { panic!("Japan borders Brazil") };
        assert!((15_000..19_000).contains(&far), "{far}");
        assert_eq!(world().region("GR"), Some("Southern Europe"));
    }
}
