/**
 * What can be configured, what is configured, and which names are unknown. What annotations say has precedence, and is
 * not known here. Any thread.
 *
 * <ul>
 *   <li><i>parameter</i>: has a name, values, a default and a description;
 *       {@link dev.asyncloop.jupiter.settings.Parameters} lists all
 *   <li><i>settings</i>: the values of all parameters in one run of JUnit, read once
 *   <li><i>requirement</i>: what the JVM must be able to look for
 *   <li><i>hint</i>: a value that editors propose
 * </ul>
 */
@NullMarked
package dev.asyncloop.jupiter.settings;

import org.jspecify.annotations.NullMarked;
