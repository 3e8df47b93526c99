## Consents
profiles-not-found = There is no such firm.
profiles-barred = You keep your profile from this firm. Remove it from that list first.
