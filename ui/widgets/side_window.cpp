// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/side_window.h"

#include "ui/theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

namespace sockeye {

namespace {

constexpr int sideMargin = 8;

} // namespace

SideWindow::SideWindow(QWidget* parent)
    : QWidget(parent, Qt::Window)
    , m_layout(new QVBoxLayout(this))
    , m_bar(new QHBoxLayout)
    , m_bottom(new QHBoxLayout)
    , m_summary(new QLabel(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setAccessibleName(tr("How much is shown"));
    m_bar->setContentsMargins(sideMargin, sideMargin, sideMargin, sideMargin);
    m_bar->setSpacing(sideMargin);
    m_bottom->setContentsMargins(sideMargin, sideMargin, sideMargin, sideMargin);
    m_bottom->addWidget(m_summary, 1);
    auto* copy =
        addButton(QStringLiteral("copy"), tr("&Copy all"), tr("All that is shown goes to the clipboard, as text"));
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    m_layout->addLayout(m_bar);
    m_layout->addLayout(m_bottom);
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_copied()); });
    connect(new QShortcut(QKeySequence::Cancel, this), &QShortcut::activated, this, &QWidget::close);
}

QPushButton* SideWindow::addButton(const QString& icon, const QString& text, const QString& toolTip)
{
    auto* button = new QPushButton(Theme::instance().icon(icon), text, this);
    button->setToolTip(toolTip);
    connect(
        &Theme::instance(), &Theme::changed, button, [button, icon] { button->setIcon(Theme::instance().icon(icon)); });
    m_bottom->addWidget(button);
    return button;
}

void SideWindow::setContent(QWidget* content)
{
    m_layout->insertWidget(1, content, 1);
}

void SideWindow::bringToFront()
{
    if (isVisible()) {
        raise();
        activateWindow();
    }
    show();
}

} // namespace sockeye
