use serde::{Deserialize, Serialize};

/// What the parts of a side add up to: [`RESOLUTION`](super::RESOLUTION) is meant beside it.
pub const WHOLE: u32 = 1000;

/// How many points each part of a score can give. The operator's choice; stored with a round that used it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Weights {
    /// What a candidate looks for in an opening.
    pub candidate: CandidateWeights,
    /// What a firm looks for in a candidate.
    pub firm: FirmWeights,
}

impl Weights {
    /// Whether the parts of either side add up to [`WHOLE`].
    pub fn are_whole(&self) -> bool {
        let sum = |parts: &[(&str, u16)]| parts.iter().map(|(_, points)| u32::from(*points)).sum::<u32>();
        sum(&self.candidate.named()) == WHOLE && sum(&self.firm.named()) == WHOLE
    }
}

/// What a candidate looks for in an opening.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CandidateWeights {
    /// The opening's texts resemble what the candidate offers and wants.
    pub text: u16,
    /// How much of what the candidate can do is wanted.
    pub skills: u16,
    /// The firm is where the candidate wants to work.
    pub region: u16,
    /// Days a week.
    pub days: u16,
    /// Pay for a day, among all openings.
    pub pay: u16,
    /// The industries the candidate named.
    pub industry: u16,
    /// Share of remote work, for those who do not want to move.
    pub remote: u16,
    /// Succession or executive post.
    pub track: u16,
    /// Kind of contract.
    pub contract: u16,
}

/// What a firm looks for in a candidate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FirmWeights {
    /// The profile's texts resemble what the opening asks for.
    pub text: u16,
    /// How much of what is wanted the candidate can do.
    pub skills: u16,
    /// Days a week.
    pub days: u16,
    /// The candidate named the firm's prefecture.
    pub region: u16,
    /// Whether the candidate would come, where the work is not all remote.
    #[serde(rename = "move")]
    pub moving: u16,
    /// Succession or executive post.
    pub track: u16,
    /// Whether the main employer permits it.
    pub side_job: u16,
    /// Kind of contract.
    pub contract: u16,
}

impl CandidateWeights {
    /// Each with the name of its part.
    pub fn named(&self) -> [(&'static str, u16); 9] {
        [
            ("text", self.text),
            ("skills", self.skills),
            ("region", self.region),
            ("days", self.days),
            ("pay", self.pay),
            ("industry", self.industry),
            ("remote", self.remote),
            ("track", self.track),
            ("contract", self.contract),
        ]
    }

    /// Those that `points` gives for each name.
    pub fn of(points: impl Fn(&str) -> u16) -> Self {
        Self {
            text: points("text"),
            skills: points("skills"),
            region: points("region"),
            days: points("days"),
            pay: points("pay"),
            industry: points("industry"),
            remote: points("remote"),
            track: points("track"),
            contract: points("contract"),
        }
    }
}

impl FirmWeights {
    /// Each with the name of its part.
    pub fn named(&self) -> [(&'static str, u16); 8] {
        [
            ("text", self.text),
            ("skills", self.skills),
            ("days", self.days),
            ("region", self.region),
            ("move", self.moving),
            ("track", self.track),
            ("side_job", self.side_job),
            ("contract", self.contract),
        ]
    }

    /// Those that `points` gives for each name.
    pub fn of(points: impl Fn(&str) -> u16) -> Self {
        Self {
            text: points("text"),
            skills: points("skills"),
            days: points("days"),
            region: points("region"),
            moving: points("move"),
            track: points("track"),
            side_job: points("side_job"),
            contract: points("contract"),
        }
    }
}

impl Default for CandidateWeights {
    fn default() -> Self {
        Self {
            text: 250,
            skills: 200,
            region: 150,
            days: 120,
            pay: 100,
            industry: 80,
            remote: 50,
            track: 30,
            contract: 20,
        }
    }
}

impl Default for FirmWeights {
    fn default() -> Self {
        Self {
            text: 300,
            skills: 300,
            days: 120,
            region: 80,
            moving: 80,
            track: 60,
            side_job: 40,
            contract: 20,
        }
    }
}
