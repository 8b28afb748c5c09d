//! `file`: any file, by its name and text.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::{Found, SourceText};
use crate::model::data::{Data, Record, Text, Value};
use crate::model::subject::FILE;
use crate::source::{Place, Span};

pub(super) fn find(files: &[SourceText<'_>]) -> Found {
    Found { subjects: files.iter().map(subject).collect(), ..Found::default() }
}

fn subject(source: &SourceText<'_>) -> Value {
    let start = Place::new(source.file, Span::at(0));
    let whole = Place::new(source.file, Span::of(0..source.text.len()));
    let name = source.path.rsplit('/').next().unwrap_or(source.path);
    let fields = vec![
        (Text::fixed("path"), Value::new(Data::text(source.path), start)),
        (Text::fixed("name"), Value::new(Data::text(name), start)),
        (Text::fixed("text"), Value::new(Data::text(Arc::clone(&source.text)), whole)),
        (Text::fixed("size"), Value::new(Data::Number(Decimal::from(source.text.len())), start)),
        (Text::fixed("lines"), Value::new(Data::List(lines(source)), whole)),
    ];
    let record = Record { shape: Some(&FILE), fields, head: start };
    Value::new(Data::Record(Arc::new(record)), start)
}

fn lines(source: &SourceText<'_>) -> Arc<[Value]> {
    let mut from = 0;
    source
        .text
        .split_inclusive('\n')
        .map(|line| {
            let content = line.trim_end_matches(['\n', '\r']);
            let span = Span::of(from..from + content.len());
            from += line.len();
            Value::new(Data::Text(Text::part(&source.text, span)), Place::new(source.file, span))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceMap;

    #[test]
    fn each_line_stands_where_it_is_written() {
        let mut sources = SourceMap::default();
        let file = sources.add("a/b.txt", "one\r\n\nthree");
        let text = sources.get(file).unwrap().shared_text();
        let found = find(&[SourceText::new(file, "a/b.txt", text)]);
        let Data::Record(record) = &found.subjects[0].data else { panic!("a record") };
        let Data::List(lines) = &record.field("lines").unwrap().data else { panic!("a list") };
        let cut: Vec<&str> = lines.iter().map(|line| sources.slice(line.place)).collect();
        assert_eq!(cut, ["one", "", "three"]);
        assert_eq!(record.field("name").unwrap().data.to_string(), "b.txt");
    }
}
