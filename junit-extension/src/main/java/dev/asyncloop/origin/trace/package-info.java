/**
 * Where something was created, and so who is charged with it. Not exported; any thread.
 *
 * <ul>
 *   <li>{@link dev.asyncloop.origin.trace.Origin}: who was at work, and the stack of that moment; it holds the rule who
 *       is charged.
 *   <li>{@link dev.asyncloop.origin.trace.CallStack}: a stack that was taken, whose frames are named when somebody
 *       reads them.
 *   <li>{@link dev.asyncloop.origin.trace.Frames}: whose code a frame is.
 *   <li>{@link dev.asyncloop.origin.trace.OwnersCode}: which frames are the test's own, and what they called.
 * </ul>
 */
@NullMarked
package dev.asyncloop.origin.trace;

import org.jspecify.annotations.NullMarked;
