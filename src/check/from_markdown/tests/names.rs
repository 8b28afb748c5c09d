//! What people and plans are called, in any script.

use super::{parts, sound};
use crate::source::FileId;

#[test]
fn a_person_is_called_as_people_log_in() {
    let text = "## Team\n- Lead: @jane.doe.\n- On-call: @1abc, @tom (from @10:00, or @10am)\n- Approvers: tom@1and1.com, @a-b.\n";
    assert_eq!(
        sound(text),
        "team\n  lead = @jane.doe `@jane.doe.`\n  on_call = @1abc, @tom `@1abc, @tom (from @10:00, or @10am)`\n  approvers = @a-b `tom@1and1.com, @a-b.`\n"
    );
    let signed = "## List\n- [ ] Security signed off: @jane.doe.\n";
    assert!(sound(signed).contains("by = @jane.doe `@jane.doe`"), "{}", sound(signed));
}

#[test]
fn a_plan_may_be_written_in_any_script() {
    let rest = "## Verification\n### 手動\n- カートを見る\n- 検索する\n### 自動\n```\n./smoke.sh\n```\n## Sign-off\n### 承認\n- 警備: @eve\n";
    for (head, id) in [
        ("# リリース計画\n**Service**: shop\n**Version**: v4.2.0\n", "shop-v4-2-0"),
        ("# リリース計画\n**Service**: 店\n", "plan"),
        ("# 🚀\n", "plan"),
    ] {
        let text = format!("{head}**Environment**: local\n{rest}");
        let (block, mut said) = parts(&text);
        assert_eq!(block.id.as_ref().map(|id| id.value.as_str()), Some(id), "{text}");
        assert!(block.title.is_some(), "{text}");
        crate::check::plan::check_plan(FileId::default(), &block, &mut said);
        let said: Vec<String> = said.into_iter().map(|said| said.message).collect();
        assert!(said.iter().all(|said| said.contains("`service` is missing")), "{said:?}");
    }
    assert_eq!(parts("# Shop 計画\n").0.id, None);
}
