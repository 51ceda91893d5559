/**
 * Where bytes rest: the inbox that people drop into, and the data that only the server writes.
 *
 * <p>Uses {@code image}. Everyone else speaks of <em>locations</em>, texts with {@code /}; the paths behind them are
 * named in this package alone. A <em>source</em> is a location in the inbox ({@code cats/sub/photo.jpg}), a
 * <em>target</em> one in the data ({@code pending/cats/17-photo.jpg}).
 *
 * <p>What begins with {@code S3} is the same store in a bucket, with the same contract.
 */
package org.dropfolder.store;
