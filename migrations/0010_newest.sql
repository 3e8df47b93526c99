-- What the public sees, newest first: for the feed, and for what is like an opening that has ended.
CREATE INDEX openings_shown ON openings (updated_at) WHERE blocks = '[]';
