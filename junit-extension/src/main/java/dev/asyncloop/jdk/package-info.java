/** Everything that touches the JDK's internals: the engines, the thread-locals, the agent; not exported. */
@NullMarked
package dev.asyncloop.jdk;

import org.jspecify.annotations.NullMarked;
