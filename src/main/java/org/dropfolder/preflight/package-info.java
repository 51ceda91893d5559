/**
 * What the pictures of a dataset say together, before they are paid for: pure rules over what was measured of each, and over their
 * captions. It reads nothing and keeps nothing.
 */
package org.dropfolder.preflight;
