/**
 * The demo: paints pictures, drops them, and tells what the server makes of them. Everything it runs is the real thing
 * but for the API, which is the simulator; what it tells is read from the ledger.
 */
package org.dropfolder.demo;
