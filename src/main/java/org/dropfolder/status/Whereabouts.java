package org.dropfolder.status;

/**
 * Where a file is that was dropped, and what it waits for.
 *
 * @param dropped where it was dropped, below the inbox
 * @param dataset the name of its folder there
 * @param state   as the ledger has it; {@code INBOX} for one that was not taken yet
 * @param lies    where it is now, as people find it
 * @param is      what became of it, in words
 * @param next    what happens next, in words; empty where nothing does
 * @param at      when, ISO 8601 in UTC; null where nobody knows
 */
public record Whereabouts(String dropped, String dataset, String state, String lies, String is, String next, String at) { }
