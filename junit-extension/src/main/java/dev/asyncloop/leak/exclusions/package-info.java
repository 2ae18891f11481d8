/**
 * What belongs to no test though a test needed it first: what the JDK, a runner or a library keeps for the whole JVM.
 *
 * <p>Asked by the account and by detectors, on any thread.
 *
 * <ul>
 *   <li><em>singleton</em>: something that is made once and kept
 *   <li><em>preset</em>: the singletons that a library or a team names
 * </ul>
 */
@NullMarked
package dev.asyncloop.leak.exclusions;

import org.jspecify.annotations.NullMarked;
