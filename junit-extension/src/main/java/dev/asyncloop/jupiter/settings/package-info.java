/**
 * What can be configured, what is, and which names are no parameter of ours.
 *
 * <p>A <i>parameter</i> has a name, values, a default and the sentence that describes it; {@link
 * dev.asyncloop.jupiter.settings.Parameters} has all of them. The <i>settings</i> are their values in one run of JUnit,
 * read once. What an annotation says has precedence, and is not known here. Any thread.
 */
@NullMarked
package dev.asyncloop.jupiter.settings;

import org.jspecify.annotations.NullMarked;
