/**
 * The process: command line, data directory, framework, signals. It knows bundles only as files.
 */
@NullMarked
package io.narthex.launcher;

import org.jspecify.annotations.NullMarked;
