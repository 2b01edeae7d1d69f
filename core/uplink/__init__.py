"""The way to the dealer's hub: enrolment, channel, delivery."""
