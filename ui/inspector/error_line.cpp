// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector/error_line.h"

#include "ui/text/display_text.h"
#include "ui/theme/theme.h"

namespace sockeye {

ErrorLine::ErrorLine(QWidget* parent)
    : QLabel(parent)
{
    setWordWrap(true);
    setTextFormat(Qt::RichText);
    setTextInteractionFlags(Qt::TextBrowserInteraction);
    setVisible(false);
    connect(this, &QLabel::linkActivated, this, [this] {
        if (m_error) {
            Q_EMIT offsetActivated(m_error->offset);
        }
    });
    connect(&Theme::instance(), &Theme::changed, this, &ErrorLine::takeTheme);
    takeTheme();
}

void ErrorLine::setError(const std::optional<Error>& error)
{
    m_error = error;
    m_isError = true;
    m_sentence = error ? describe(*error).toHtmlEscaped() : QString();
    showHtml();
}

void ErrorLine::setSentence(const QString& text, bool isError)
{
    m_error.reset();
    m_isError = isError;
    m_sentence = text.toHtmlEscaped();
    showHtml();
}

void ErrorLine::takeTheme()
{
    showHtml();
}

void ErrorLine::showHtml()
{
    setVisible(!m_sentence.isEmpty());
    if (m_sentence.isEmpty()) {
        clear();
        setAccessibleName({});
        return;
    }
    const Theme& theme = Theme::instance();
    QString html = m_isError
        ? QString(u"<span style=\"color:" % theme.error().name() % u"\">" % m_sentence % u"</span>")
        : m_sentence;
    QStringList where;
    if (m_error) {
        // Looks like the text around it, underlined: one colour says what is wrong, no second one competes.
        where.append(QString(u"<a href=\"#\" style=\"color:" % theme.muted().name() % u"\">"
            % tr("offset %1").arg(groupedNumber(m_error->offset)).toHtmlEscaped() % u"</a>"));
        if (!m_error->expected.isEmpty()) {
            where.append(tr("expected %1").arg(m_error->expected).toHtmlEscaped());
        }
        if (!m_error->found.isEmpty()) {
            where.append(tr("found %1").arg(m_error->found).toHtmlEscaped());
        }
        html += QString(u"<br><span style=\"color:" % theme.muted().name() % u"\">" % where.join(u", ") % u"</span>");
    }
    setText(html);
}

} // namespace sockeye
