package org.dropfolder.route;

/**
 * What an order, or a request that comes to nothing, is answered with.
 *
 * @param message for people
 */
public record Said(boolean done, String message) { }
