/** The door by which whoever keeps the account of a test comes to a loop. Not exported. */
@NullMarked
package dev.asyncloop.loop.account;

import org.jspecify.annotations.NullMarked;
