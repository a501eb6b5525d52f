// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/transcript_delegate.h"

#include "ui/exchange/exchange_bar.h"
#include "ui/theme/theme.h"
#include "ui/transcript/transcript_model.h"

#include <QDateTime>
#include <QPainter>
#include <QTextLayout>

#include <algorithm>

namespace sockeye {

namespace {

constexpr int margin = 8;
constexpr int gap = 4;
constexpr int stripe = 3; ///< at the left of a request
constexpr int maxLines = 12; ///< of the text; all of it is in the inspector
constexpr double resultScale = 1.35;

using Kind = TranscriptEntry::Kind;

/// Puts paragraphs of text one below the other.
class Column {
public:
    Column(QPainter* painter, const QRect& area)
        : m_painter(painter)
        , m_area(area)
        , m_y(area.top())
    {
    }

    void paragraph(const QString& text, const QFont& font, const QColor& colour, int linesAtMost)
    {
        if (text.isEmpty()) {
            return;
        }
        QString shown = text;
        shown.replace(u'\n', QChar::LineSeparator);
        QTextLayout layout(shown, font);
        QTextOption option;
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        layout.setTextOption(option);
        layout.beginLayout();
        qreal height = 0;
        for (int line = 0; line < linesAtMost; ++line) {
            QTextLine textLine = layout.createLine();
            if (!textLine.isValid()) {
                break;
            }
            textLine.setLineWidth(m_area.width());
            textLine.setPosition({ 0, height });
            height += textLine.height();
        }
        layout.endLayout();
        if (m_painter) {
            m_painter->setPen(colour);
            layout.draw(m_painter, QPointF(m_area.left(), m_y));
        }
        m_y += qCeil(height);
    }

    void space(int height) { m_y += height; }
    [[nodiscard]] int y() const { return m_y; }

private:
    QPainter* m_painter;
    QRect m_area;
    int m_y;
};

QString clockTime(qint64 nanoseconds)
{
    return QDateTime::fromMSecsSinceEpoch(nanoseconds / 1'000'000).toString(QStringLiteral("HH:mm:ss.zzz"));
}

QString headLine(const TranscriptEntry& entry)
{
    const QString time = clockTime(entry.time);
    const QString number = entry.exchange == 0 ? QString() : QStringLiteral(" %1").arg(entry.exchange);
    QString head;
    switch (entry.kind) {
    case Kind::Request:
        head = TranscriptDelegate::tr("→ request%1").arg(number);
        break;
    case Kind::Reply:
        head = entry.isErrorReply ? TranscriptDelegate::tr("← reply%1, an error").arg(number)
                                  : TranscriptDelegate::tr("← reply%1").arg(number);
        break;
    case Kind::Failed:
        head = TranscriptDelegate::tr("✕ failed%1").arg(number);
        break;
    }
    QStringList words { head, time };
    if (!entry.detail.isEmpty()) {
        words.append(entry.detail);
    }
    return words.join(QStringLiteral("  ·  "));
}

QFont smaller(QFont font)
{
    if (font.pointSizeF() > 0) {
        font.setPointSizeF(font.pointSizeF() * 0.9);
    }
    return font;
}

} // namespace

TranscriptDelegate::TranscriptDelegate(const TranscriptModel& model, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_model(model)
{
}

void TranscriptDelegate::setWidth(int width)
{
    m_width = width;
}

QSize TranscriptDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem own = option;
    own.rect = QRect(0, 0, m_width, 0);
    return { m_width, layOut(m_model.entry(index.row()), own, nullptr) };
}

void TranscriptDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const TranscriptEntry& entry = m_model.entry(index.row());
    painter->save();
    painter->setClipRect(option.rect);
    if (option.state & QStyle::State_Selected) {
        QColor tint = Theme::instance().accent();
        tint.setAlphaF(0.16F);
        painter->fillRect(option.rect, tint);
    }
    if (entry.kind == Kind::Request) {
        painter->setPen(Theme::instance().separator());
        painter->drawLine(option.rect.topLeft(), option.rect.topRight());
        const QRect mark(option.rect.left(), option.rect.top() + gap, stripe, option.rect.height() - 2 * gap);
        painter->fillRect(mark, Theme::instance().accent());
    }
    layOut(entry, option, painter);
    painter->restore();
}

int TranscriptDelegate::layOut(
    const TranscriptEntry& entry, const QStyleOptionViewItem& option, QPainter* painter) const
{
    const Theme& theme = Theme::instance();
    const QColor text = option.palette.color(QPalette::Text);
    const int left = option.rect.left() + margin + stripe;
    const QRect area(left, option.rect.top() + gap, std::max(40, option.rect.right() - margin - left), 0);
    Column column(painter, area);
    const bool isWrong = entry.kind == Kind::Failed || entry.isErrorReply;
    column.paragraph(headLine(entry), smaller(option.font), isWrong ? theme.error() : theme.muted(), 2);
    QFont large = option.font;
    if (entry.kind == Kind::Reply && large.pointSizeF() > 0) {
        large.setPointSizeF(large.pointSizeF() * resultScale);
    }
    large.setBold(entry.kind == Kind::Failed);
    column.paragraph(entry.text, large, isWrong ? theme.error() : text, maxLines);
    column.paragraph(entry.failure.meaning, option.font, text, 4);
    column.paragraph(entry.failure.advice, option.font, text, 4);
    if (entry.steps.count() > 1) { // one step alone fills any bar
        column.space(2);
        if (painter) {
            const int width = std::min(area.width(), exchangeBarWidth);
            paintExchangeBar(*painter, QRect(area.left(), column.y(), width, exchangeBarHeight), entry.steps);
        }
        column.space(exchangeBarHeight + 2);
    }
    column.paragraph(entry.steps.text(), smaller(option.font), theme.muted(), 2);
    return column.y() + gap - option.rect.top();
}

} // namespace sockeye
