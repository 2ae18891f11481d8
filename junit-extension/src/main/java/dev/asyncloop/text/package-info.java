/** Times and callbacks in words, and the log. Not exported. Any thread. */
@NullMarked
package dev.asyncloop.text;

import org.jspecify.annotations.NullMarked;
