/**
 * What the hooks in the JDK told us: facts with their {@link dev.asyncloop.origin.trace.Origin}, and no verdicts. Not
 * exported; any thread.
 *
 * <p>The JDK's own code calls the hooks. So nothing here waits, locks, opens or loads anything while it is told of
 * something. Rehearsals load what it needs before.
 *
 * <ul>
 *   <li>A beginning is the moment at which a thread, an executor, a process, a class loader or a delayed command came
 *       to be.
 *   <li>An opening is the moment at which a file descriptor was opened.
 *   <li>To settle is to say that an owner's account is closed: what began until then has been judged.
 *   <li>Something is its creator's until it is given to who holds it, or kept, which is to say that it is nobody's.
 *   <li>A probe does something that a hook should tell of, to see whether it does.
 * </ul>
 */
@NullMarked
package dev.asyncloop.registers;

import org.jspecify.annotations.NullMarked;
