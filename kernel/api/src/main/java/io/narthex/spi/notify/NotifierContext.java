package io.narthex.spi.notify;

import io.narthex.api.section.Section;
import io.narthex.api.template.TemplateSet;

/**
 * What an entry of a receiver stands in.
 *
 * @param global the {@code global} section of the file, whose keys are defaults: a notifier reads
 *     those that are its business
 * @param templates the definitions of the files under {@code templates}, and the default ones
 */
public record NotifierContext(Section global, TemplateSet templates) {}
