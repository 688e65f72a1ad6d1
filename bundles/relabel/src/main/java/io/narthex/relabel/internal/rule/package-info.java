/** The rules, one class for each family of actions, and the labels they work on. */
@NullMarked
package io.narthex.relabel.internal.rule;

import org.jspecify.annotations.NullMarked;
