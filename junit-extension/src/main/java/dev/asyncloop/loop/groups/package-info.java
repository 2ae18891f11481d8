/** TODO */
@NullMarked
package dev.asyncloop.loop.groups;

import org.jspecify.annotations.NullMarked;
