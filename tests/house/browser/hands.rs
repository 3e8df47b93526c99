//! What a hand does beyond clicking: dragging with a mouse, a finger or a pen, and keys held together.

use std::time::Duration;

use fantoccini::actions::{
    ActionSequence, InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PenActions,
    PointerAction, TouchActions,
};
use fantoccini::key::Key;

use super::Browser;

/// What lies on the glass or on the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pointer {
    Mouse,
    Finger,
    Pen,
}

impl Browser {
    /// Drags what the first XPath finds to just above the middle of what the second finds, slowly enough to be seen.
    #[track_caller]
    pub fn drag(&self, pointer: Pointer, from: &str, to: &str) {
        let ((x, y), (to_x, to_y)) = (self.middle(from), self.middle(to));
        let way = [
            PointerAction::MoveTo { duration: None, x, y },
            PointerAction::Down { button: MOUSE_BUTTON_LEFT },
            PointerAction::MoveTo {
                duration: Some(Duration::from_millis(60)),
                x: to_x,
                y: ((y + to_y) / 2.0).round(),
            },
            PointerAction::MoveTo { duration: Some(Duration::from_millis(60)), x: to_x, y: to_y - 6.0 },
            PointerAction::MoveTo { duration: Some(Duration::from_millis(60)), x: to_x, y: to_y - 8.0 },
            PointerAction::Up { button: MOUSE_BUTTON_LEFT },
        ];
        let way = way.into_iter();
        let sequence: ActionSequence = match pointer {
            Pointer::Mouse => way.fold(MouseActions::new("mouse".to_owned()), InputSource::then).into(),
            Pointer::Finger => way.fold(TouchActions::new("finger".to_owned()), InputSource::then).into(),
            Pointer::Pen => way.fold(PenActions::new("pen".to_owned()), InputSource::then).into(),
        };
        self.now(self.client.perform_actions(sequence), "a drag");
        self.now(self.client.release_actions(), "letting go");
    }

    /// Presses a key while another is held, wherever the focus is.
    #[track_caller]
    pub fn hold(&self, held: Key, key: Key) {
        let keys = KeyActions::new("keys".to_owned())
            .then(KeyAction::Down { value: held.into() })
            .then(KeyAction::Down { value: key.into() })
            .then(KeyAction::Up { value: key.into() })
            .then(KeyAction::Up { value: held.into() });
        self.now(self.client.perform_actions(keys), "keys");
    }

    /// Presses a key, wherever the focus is.
    #[track_caller]
    pub fn key(&self, key: Key) {
        let keys = KeyActions::new("keys".to_owned())
            .then(KeyAction::Down { value: key.into() })
            .then(KeyAction::Up { value: key.into() });
        self.now(self.client.perform_actions(keys), "a key");
    }

    /// Waits until this script is true of the page.
    #[track_caller]
    pub fn waits_for(&self, script: &str) {
        let deadline = std::time::Instant::now() + super::PATIENCE / 4;
        while self.ask(&format!("return Boolean({script})")) != true {
            assert!(std::time::Instant::now() < deadline, "{script} never came true:\n{}", self.text());
            std::thread::yield_now();
        }
    }

    /// The middle of what an XPath finds, in the window.
    #[track_caller]
    fn middle(&self, xpath: &str) -> (f64, f64) {
        let element = self.find(xpath);
        let (x, y, width, height) = self.now(element.rectangle(), xpath);
        let scrolled = self.ask("return [scrollX, scrollY]");
        let at = |axis: usize| scrolled[axis].as_f64().expect("a number");
        ((x + width / 2.0 - at(0)).round(), (y + height / 2.0 - at(1)).round())
    }
}
