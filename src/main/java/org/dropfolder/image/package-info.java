/**
 * What a dropped file is: its content, its format, its caption, the names it goes by, and the words for setting it
 * aside.
 *
 * <p>Uses no other package of this project. Knows neither folders nor the network: it reads what it is given.
 */
package org.dropfolder.image;
