// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/low_page_area.h"

#include <QCoreApplication>
#include <QEvent>
#include <QLayout>
#include <QScrollBar>

#include <algorithm>

namespace sockeye {

namespace {

constexpr int leastLinesOfPage = 12; ///< of text that are always seen

/// Stands between area and content: an area gives a content whose height follows from its width, as that of wrapped
/// text does, all the height that it would like to have, and then scrolls before any part of it has given way.
class LeastHeight final : public QWidget {
public:
    explicit LeastHeight(QWidget* content)
        : m_content(content)
    {
        content->setParent(this);
    }
    [[nodiscard]] QSize sizeHint() const override { return m_content->sizeHint(); }
    [[nodiscard]] QSize minimumSizeHint() const override
    {
        const QSize least = m_content->minimumSizeHint();
        const int ofWidth = m_content->layout()->minimumHeightForWidth(std::max(width(), least.width()));
        return { least.width(), std::max(least.height(), ofWidth) };
    }

protected:
    void resizeEvent(QResizeEvent* /*event*/) override
    {
        m_content->setGeometry(rect());
        updateGeometry(); // another width may need another height
    }
    bool event(QEvent* event) override
    {
        if (event->type() == QEvent::LayoutRequest) {
            updateGeometry();
        }
        return QWidget::event(event);
    }

private:
    QWidget* m_content;
};

} // namespace

LowPageArea::LowPageArea(QWidget* content, QWidget* parent)
    : QScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus); // one goes from field to field, and what has the focus is scrolled to
    setWidget(new LeastHeight(content));
    widget()->setAutoFillBackground(false);
    viewport()->setAutoFillBackground(false);
}

QSize LowPageArea::sizeHint() const
{
    return widget()->sizeHint();
}

QSize LowPageArea::minimumSizeHint() const
{
    const QSize content = widget()->minimumSizeHint();
    return { content.width() + verticalScrollBar()->sizeHint().width(),
        std::min(leastLinesOfPage * fontMetrics().lineSpacing(), content.height()) };
}

bool LowPageArea::eventFilter(QObject* watched, QEvent* event)
{
    const bool done = QScrollArea::eventFilter(watched, event);
    if (watched == widget() && event->type() == QEvent::LayoutRequest) {
        updateGeometry();
    }
    return done;
}

/// Nobody told it what became of its parts while it was hidden.
void LowPageArea::showEvent(QShowEvent* event)
{
    QScrollArea::showEvent(event);
    QCoreApplication::postEvent(this, new QEvent(QEvent::LayoutRequest));
}

} // namespace sockeye
