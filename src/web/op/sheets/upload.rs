//! One file out of a form that was sent as `multipart/form-data` (RFC 7578).

use axum::body::Bytes;
use axum::http::{HeaderMap, header};

/// A file as a browser sends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Its name, without folders; empty when no file was chosen.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// The first file of a form; none when the form cannot be read or holds none.
pub fn file(headers: &HeaderMap, body: &Bytes) -> Option<Upload> {
    let boundary = boundary(headers.get(header::CONTENT_TYPE)?.to_str().ok()?)?;
    // Every part begins after a boundary; a line break before the boundary belongs to it.
    let first = format!("--{boundary}");
    let between = format!("\r\n--{boundary}");
    let mut rest = body.strip_prefix(first.as_bytes())?;
    loop {
        let end = find(rest, between.as_bytes())?;
        let part = rest[..end].strip_prefix(b"\r\n")?;
        let head_end = find(part, b"\r\n\r\n")?;
        let (head, content) = (std::str::from_utf8(&part[..head_end]).ok()?, &part[head_end + 4..]);
        if let Some(name) = file_name(head) {
            return Some(Upload { name: base(&name), bytes: content.to_vec() });
        }
        rest = &rest[end + between.len()..];
    }
}

fn boundary(content_type: &str) -> Option<&str> {
    let (kind, rest) = content_type.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let value = rest.split(';').find_map(|pair| pair.trim().strip_prefix("boundary="))?;
    Some(value.trim_matches('"')).filter(|value| (1..=70).contains(&value.len()))
}

/// The name in `Content-Disposition: form-data; name="file"; filename="firms.csv"`.
fn file_name(head: &str) -> Option<String> {
    let is_disposition = |line: &&str| line.to_ascii_lowercase().starts_with("content-disposition:");
    let line = head.split("\r\n").find(is_disposition)?;
    let (_, rest) = line.split_once("filename=\"")?;
    let (name, _) = rest.split_once('"')?;
    // Browsers write these three signs so.
    Some(name.replace("%22", "\"").replace("%0D", "").replace("%0A", ""))
}

/// Some browsers send the whole path.
fn base(name: &str) -> String {
    name.rsplit(['/', '\\']).next().unwrap_or(name).chars().filter(|letter| !letter.is_control()).collect()
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    // The first byte of a boundary is rare in a sheet: look for it before comparing the rest.
    let first = *needle.first()?;
    let mut from = 0;
    while let Some(at) = haystack.get(from..)?.iter().position(|byte| *byte == first) {
        let start = from + at;
        if haystack[start..].starts_with(needle) {
            return Some(start);
        }
        from = start + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(body: &[u8]) -> Option<Upload> {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, "multipart/form-data; boundary=----x7".parse().unwrap());
        file(&headers, &Bytes::copy_from_slice(body))
    }

    #[test]
    fn a_file_comes_out_byte_for_byte() {
        let content = b"\r\n\x82\xa0--\r\n------x\r\n\0\r\n";
        let mut body =
            b"------x7\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nfirst\r\n------x7\r\n\
            Content-Disposition: form-data; name=\"file\"; filename=\"C:\\sheets\\firms.csv\"\r\n\
            Content-Type: text/csv\r\n\r\n"
                .to_vec();
        body.extend(content);
        body.extend(b"\r\n------x7--\r\n");
        assert_eq!(sent(&body), Some(Upload { name: "firms.csv".to_owned(), bytes: content.to_vec() }));
    }

    #[test]
    fn what_is_no_such_form_is_nothing() {
        for body in [
            &b""[..],
            b"------x7--\r\n",
            b"------x7\r\nno end",
            b"------x7\r\n\r\n\r\n------x7--\r\n",
            b"a=b",
        ] {
            assert_eq!(sent(body), None, "{body:?}");
        }
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, "text/plain; boundary=x".parse().unwrap());
        assert_eq!(file(&headers, &Bytes::from_static(b"--x\r\n")), None);
    }
}
