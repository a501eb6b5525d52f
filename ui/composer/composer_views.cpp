// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/composer_views.h"

#include "ui/composer/composer_fields.h"
#include "ui/composer/composer_form.h"
#include "ui/composer/composer_hex.h"
#include "ui/composer/composer_json.h"
#include "ui/composer/composer_model.h"
#include "ui/composer/composer_text.h"
#include "ui/widgets/flat_scroll_area.h"

namespace sockeye {

namespace {

constexpr int leastForm = 5; ///< lines of it that are always seen

} // namespace

ComposerViews::ComposerViews(ComposerModel& model, QWidget* parent)
    : QTabWidget(parent)
    , m_model(model)
    , m_form(new ComposerForm(model))
    , m_json(new ComposerJson(model))
    , m_hex(new ComposerHex(model))
    , m_text(new ComposerText(model))
    , m_fields(new ComposerFields(model))
    , m_formArea(new FlatScrollArea(m_form, leastForm))
{
    setDocumentMode(true);
    addTab(m_formArea, tr("Form"));
    addTab(m_text, tr("Text"));
    addTab(m_fields, tr("Fields"));
    addTab(m_json, tr("JSON"));
    addTab(m_hex, tr("Hex"));
    setTabVisible(indexOf(m_text), false);
    setTabVisible(indexOf(m_fields), false);
}

void ComposerViews::setProtocol(const ProtocolPtr& protocol, Sender sender)
{
    const bool hasValues = protocol->requestShape() == RequestShape::Values;
    // A reply has no action and no value.
    const bool hasForm = !hasValues && (sender == Sender::Client || protocol->requestShape() != RequestShape::Fields);
    m_model.setProtocol(protocol, sender);
    const bool formComes = hasForm && !isTabVisible(indexOf(m_formArea));
    setTabVisible(indexOf(m_fields), hasValues);
    setTabVisible(indexOf(m_formArea), hasForm);
    setTabVisible(indexOf(m_json), !hasValues);
    setTabVisible(indexOf(m_text), protocol->requestShape() == RequestShape::Text);
    if (hasValues) {
        m_fields->setProtocol(protocol, sender);
        setCurrentWidget(m_fields);
    } else if (formComes) {
        showForm();
    }
}

void ComposerViews::showForm()
{
    setCurrentWidget(m_formArea);
}

QWidgetList ComposerViews::views() const
{
    return { m_formArea, m_json, m_hex, m_fields, m_text };
}

} // namespace sockeye
