/**
 * What Camel's own interfaces ask for. The only room that knows an exchange; whatever has a rule is in
 * {@link org.dropfolder.pipeline}, and what is here only hands on.
 */
package org.dropfolder.route;
