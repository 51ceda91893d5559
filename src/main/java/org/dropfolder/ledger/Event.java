package org.dropfolder.ledger;

import java.time.Instant;

/** Something that happened to a dataset, in words. */
public record Event(Instant at, String what) { }
