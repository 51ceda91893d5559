package org.dropfolder.pipeline;

import java.io.InputStream;
import java.util.OptionalLong;

/**
 * A file that somebody brings, whose names come from outside.
 *
 * @param dataset the name of its folder in the inbox
 * @param file    its own name
 * @param size    bytes, as whoever brings it says
 * @param bytes   throws where whoever brings it breaks off
 */
public record Delivery(String dataset, String file, OptionalLong size, InputStream bytes) { }
