// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector/content_panel.h"

#include "protocol/content/text_codec.h"
#include "protocol/content/views/content_view.h"
#include "ui/text/byte_count_text.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace sockeye {

namespace {

constexpr int formatChars = 14; // room for the format of a struct

QString titleOfView(const QString& view)
{
    const QString name = view.section(u':', 0, 0);
    for (const ContentView& each : contentViews()) {
        if (name == QLatin1StringView(each.name)) {
            const QString title = QCoreApplication::translate("sockeye::ContentView", each.title);
            const QString parameter = view.section(u':', 1);
            return parameter.isEmpty() ? title : QString(title % u", " % parameter);
        }
    }
    return {};
}

/// One line each; long ones would be laid out anew at each change of the width.
QString cutLines(const QString& text, bool& isCut)
{
    constexpr qsizetype longest = 2000;
    QStringList lines = text.split(u'\n');
    for (QString& line : lines) {
        if (line.size() > longest) {
            line = line.left(longest - 1) + u'…';
            isCut = true;
        }
    }
    return lines.join(u'\n');
}

} // namespace

ContentPanel::ContentPanel(QWidget* parent)
    : QWidget(parent)
    , m_view(new QComboBox(this))
    , m_encoding(new QComboBox(this))
    , m_format(new QLineEdit(this))
    , m_about(new QLabel(this))
    , m_text(new QPlainTextEdit(this))
{
    setAccessibleName(tr("Content"));
    m_view->setAccessibleName(tr("Show as"));
    m_view->setToolTip(tr("How the content, or the selected bytes, are shown"));
    m_view->addItem(tr("By type or look"), QString());
    for (const ContentView& view : contentViews()) {
        m_view->addItem(
            QCoreApplication::translate("sockeye::ContentView", view.title), QString::fromLatin1(view.name));
    }
    m_encoding->setAccessibleName(tr("Encoding"));
    m_encoding->setToolTip(tr("The encoding of the text; others than these can be typed"));
    m_encoding->setEditable(true);
    m_encoding->setInsertPolicy(QComboBox::NoInsert);
    m_encoding->addItems(viewEncodings());
    m_format->setAccessibleName(tr("Format of the struct"));
    m_format->setText(QStringLiteral(">6si"));
    m_format->setToolTip(
        tr("As Python's module struct has it: > or < for the byte order, then B, H, I, Q or b, h, i, q "
           "for numbers, f and d for floats, 6s for 6 bytes, x for a byte to skip"));
    m_format->setMaximumWidth(m_format->fontMetrics().averageCharWidth() * formatChars + formatChars);
    m_about->setTextFormat(Qt::PlainText);
    m_about->setWordWrap(true);
    m_text->setAccessibleName(tr("Content"));
    m_text->setReadOnly(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setTabChangesFocus(true);
    m_text->setUndoRedoEnabled(false);
    m_text->setLineWrapMode(QPlainTextEdit::WidgetWidth);

    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(4, 2, 4, 2);
    bar->setSpacing(4);
    bar->addWidget(m_view);
    bar->addWidget(m_encoding);
    bar->addWidget(m_format);
    bar->addWidget(m_about, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_text, 1);
    connect(m_view, &QComboBox::currentIndexChanged, this, &ContentPanel::viewChanged);
    connect(m_encoding, &QComboBox::currentTextChanged, this, &ContentPanel::fill);
    connect(m_format, &QLineEdit::textChanged, this, &ContentPanel::fill);
    connect(&Theme::instance(), &Theme::changed, this, &ContentPanel::takeTheme);
    takeTheme();
    viewChanged();
}

void ContentPanel::takeTheme()
{
    m_text->setFont(Theme::instance().monospace());
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, Theme::instance().muted());
    m_about->setPalette(colours);
}

void ContentPanel::setBytes(const InspectedMessagePtr& message, qint64 offset, qint64 selected)
{
    m_message = message;
    m_offset = offset;
    m_selected = selected;
    m_isStale = true;
    if (isVisible()) {
        fill();
    }
}

void ContentPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_isStale) {
        fill();
    }
}

QString ContentPanel::view() const
{
    const QString name = m_view->currentData().toString();
    return name == u"text"  ? QString(name % u':' % m_encoding->currentText())
        : name == u"struct" ? QString(name % u':' % m_format->text())
                            : name;
}

void ContentPanel::setView(const QString& view)
{
    const QString name = view.section(u':', 0, 0);
    const QString parameter = view.section(u':', 1);
    if (name == u"text" && !parameter.isEmpty()) {
        m_encoding->setCurrentText(parameter);
    } else if (name == u"struct" && !parameter.isEmpty()) {
        m_format->setText(parameter);
    }
    m_view->setCurrentIndex(qMax(0, m_view->findData(name)));
}

void ContentPanel::viewChanged()
{
    const QString name = m_view->currentData().toString();
    m_encoding->setVisible(name == u"text");
    m_format->setVisible(name == u"struct");
    fill();
}

QString ContentPanel::effectiveView(QByteArrayView bytes, bool isContent) const
{
    QString chosen = view();
    if (!chosen.isEmpty()) {
        return chosen;
    }
    const QString byType = isContent ? viewOfType(m_message->annotation.contentType()) : QString();
    return byType.isEmpty() ? viewByLook(bytes) : byType;
}

void ContentPanel::fill()
{
    m_isStale = !isVisible();
    if (m_isStale) {
        return;
    }
    if (!m_message || m_message->bytes().isEmpty()) {
        m_about->clear();
        m_text->clear();
        return;
    }
    const QByteArray& all = m_message->bytes();
    const bool isContent = m_selected <= 0;
    const QByteArrayView bytes = isContent
        ? QByteArrayView(m_message->content)
        : QByteArrayView(all).sliced(m_offset, qMin(m_selected, all.size() - m_offset));
    const QString view = effectiveView(bytes, isContent);
    ShownContent shown = showContent(view, bytes);
    // Lines of columns stay lines.
    const bool hasColumns = view.startsWith(u"hex") || view.startsWith(u"struct") || view.startsWith(u"time");
    m_text->setLineWrapMode(hasColumns ? QPlainTextEdit::NoWrap : QPlainTextEdit::WidgetWidth);
    m_text->setPlainText(cutLines(shown.text, shown.isCut));
    const QString what = isContent ? tr("%1 of the content").arg(byteCountText(bytes.size()))
                                   : tr("%1 selected").arg(byteCountText(bytes.size()));
    QStringList about { m_view->currentData().toString().isEmpty() ? tr("%1, shown as %2.").arg(what, titleOfView(view))
                                                                   : tr("%1.").arg(what) };
    if (!shown.problem.isEmpty()) {
        about.append(
            shown.offset >= 0 ? tr("At byte %1: %2").arg(QString::number(shown.offset), shown.problem) : shown.problem);
    }
    if (shown.isCut) {
        about.append(tr("There is more than what is shown here."));
    }
    m_about->setText(about.join(u' '));
}

} // namespace sockeye
