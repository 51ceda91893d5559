/**
 * The Ideogram API seen from here: its records, one client that keeps its rules, an upload streamed as a zip,
 * and the one class that decides what a failure means ({@link org.dropfolder.ideogram.Failure}).
 *
 * <p>Whoever calls the API hands {@link org.dropfolder.ideogram.ApiClient} to its HttpClient and
 * {@link org.dropfolder.ideogram.Json#mapper()} to whatever reads and writes bodies. No request is made here.
 *
 * <p>May use: Apache HttpClient 5 and Jackson. Knows no other package of the house, and not Camel.
 */
package org.dropfolder.ideogram;
