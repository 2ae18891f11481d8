/**
 * What becomes of the leaks that tests have, and who is told.
 *
 * <p>The <i>rules</i> of a class or a method are what is configured and what annotations say there and around it. The
 * <i>files</i> are those of the whole run: the <i>baseline</i>, which has the leaks that are known, and the findings as
 * lines of JSON. A <i>reporter</i> tells one test's or class's. Any thread.
 */
@NullMarked
package dev.asyncloop.jupiter.leaks;

import org.jspecify.annotations.NullMarked;
