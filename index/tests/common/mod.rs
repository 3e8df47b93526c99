//! A small index with a few lines of text in it.
#![allow(dead_code, reason = "each test binary uses its part")]
#![allow(clippy::unwrap_used, reason = "a helper that fails is a failed test")]

use migiude_index::{Answer, Document, Hit, Index, Kind, Query, Reason, Span};
use tempfile::TempDir;

/// An index in a folder of its own, which goes with it.
pub struct Shelf {
    pub index: Index,
    pub dir: TempDir,
}

/// An opening with a narrative and nothing else.
pub fn opening(id: &str, text: &str) -> Document {
    Document {
        kind: Kind::Opening,
        id: id.into(),
        title: String::new(),
        strong: vec![],
        text: text.into(),
        shown: true,
        facets: vec![],
        marks: vec![],
        posted_at: 0,
        closes_at: None,
    }
}

/// An index of openings called by their place in the list: "0", "1" …
pub fn shelf(texts: &[&str]) -> Shelf {
    shelf_of(&texts.iter().enumerate().map(|(i, text)| opening(&i.to_string(), text)).collect::<Vec<_>>())
}

pub fn shelf_of(documents: &[Document]) -> Shelf {
    let dir = TempDir::new().unwrap();
    let index = Index::create(&dir.path().join("index")).unwrap();
    let mut writer = index.writer().unwrap();
    documents.iter().for_each(|document| writer.put(document));
    writer.commit(1).unwrap();
    Shelf { index, dir }
}

impl Shelf {
    pub fn ask(&self, text: &str) -> Answer {
        self.index.search(&Query::new(Kind::Opening, text)).unwrap()
    }

    /// The ids found, best first.
    pub fn find(&self, text: &str) -> Vec<String> {
        let answer = self.ask(text);
        assert_eq!(answer.total, answer.hits.len() as u64, "{text}");
        answer.hits.into_iter().map(|hit| hit.id).collect()
    }

    pub fn only_hit(&self, text: &str) -> Hit {
        let hits = self.ask(text).hits;
        assert_eq!(hits.len(), 1, "{text}");
        hits.into_iter().next().unwrap()
    }
}

/// The marked pieces.
pub fn marked(spans: &[Span]) -> Vec<&str> {
    spans.iter().filter(|span| span.marked).map(|span| span.text.as_str()).collect()
}

/// The text without marks.
pub fn plain(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

pub fn word(asked: &str) -> Reason {
    Reason::Word { asked: asked.into() }
}
