// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/help/manual_window.h"

#include <QFile>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QShortcut>
#include <QSplitter>
#include <QTextBrowser>
#include <QUrl>
#include <QVBoxLayout>

#include <array>

namespace sockeye {

namespace {

/// In the order in which one would read them.
constexpr std::array pageNames { "first-steps", "relay", "rules", "lanes", "captures", "filters", "protocols",
    "application-protocol", "command-line", "load", "sending", "sockets", "tls", "trouble", "engines", "chat",
    "export" };

constexpr int nameRole = Qt::UserRole;
constexpr int textRole = Qt::UserRole + 1;

QUrl urlOf(const QString& page)
{
    return QUrl(u"qrc:/sockeye/manual/" + page + u".md");
}

QString pageOf(const QUrl& url)
{
    return QFileInfo(url.path()).baseName();
}

QString textOf(const QString& page)
{
    QFile file(u":/sockeye/manual/" + page + u".md");
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// What stands behind the first "# ".
QString titleOf(const QString& text)
{
    const qsizetype begin = text.indexOf(u"\n# ") + 3;
    return text.sliced(begin, text.indexOf(u'\n', begin) - begin);
}

} // namespace

ManualWindow* ManualWindow::open(const QString& page, QWidget* parent)
{
    auto* window = parent->findChild<ManualWindow*>();
    if (window == nullptr) {
        window = new ManualWindow(parent);
        window->setAttribute(Qt::WA_DeleteOnClose);
    }
    if (!page.isEmpty()) {
        window->show(page);
    }
    if (window->isVisible()) {
        window->raise();
        window->activateWindow();
    }
    window->QWidget::show();
    return window;
}

ManualWindow::ManualWindow(QWidget* parent)
    : QWidget(parent, Qt::Window)
    , m_words(new QLineEdit(this))
    , m_pages(new QListWidget(this))
    , m_nothing(new QLabel(tr("No page has these words."), this))
    , m_text(new QTextBrowser(this))
{
    setWindowTitle(tr("Manual – Sockeye"));
    m_words->setPlaceholderText(tr("Find in the manual"));
    m_words->setAccessibleName(m_words->placeholderText());
    m_words->setClearButtonEnabled(true);
    m_pages->setAccessibleName(tr("Pages"));
    m_pages->setFrameShape(QFrame::NoFrame);
    m_nothing->setWordWrap(true);
    m_nothing->hide();
    m_text->setAccessibleName(tr("Manual page"));
    m_text->setOpenExternalLinks(true);
    m_text->setFrameShape(QFrame::NoFrame);
    constexpr qreal margin = 12;
    m_text->document()->setDocumentMargin(margin);

    auto* left = new QWidget(this);
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(8, 8, 0, 8);
    column->addWidget(m_words);
    column->addWidget(m_nothing);
    column->addWidget(m_pages, 1);
    auto* parts = new QSplitter(Qt::Horizontal, this);
    parts->addWidget(left);
    parts->addWidget(m_text);
    parts->setStretchFactor(1, 1);
    parts->setChildrenCollapsible(false);
    parts->setSizes({ 220, 680 });
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(parts);
    resize(900, 640);

    connect(m_pages, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem* item) {
        if (item != nullptr && item->data(nameRole).toString() != page()) {
            m_text->setSource(urlOf(item->data(nameRole).toString()));
        }
    });
    connect(m_text, &QTextBrowser::sourceChanged, this, &ManualWindow::followLink);
    connect(m_words, &QLineEdit::textChanged, this, &ManualWindow::find);
    connect(m_words, &QLineEdit::returnPressed, this, &ManualWindow::findNext);
    connect(new QShortcut(QKeySequence::Find, this), &QShortcut::activated, m_words, [this] {
        m_words->setFocus();
        m_words->selectAll();
    });
    connect(new QShortcut(QKeySequence::Cancel, this), &QShortcut::activated, this, &QWidget::close);
    fill();
}

void ManualWindow::fill()
{
    for (const char* name : pageNames) {
        const QString page = QString::fromLatin1(name);
        const QString text = textOf(page);
        auto* item = new QListWidgetItem(titleOf(text), m_pages);
        item->setData(nameRole, page);
        item->setData(textRole, text);
    }
    m_pages->setCurrentRow(0);
}

QString ManualWindow::page() const
{
    return pageOf(m_text->source());
}

void ManualWindow::show(const QString& page)
{
    m_text->setSource(urlOf(page));
}

/// The list says where a link led.
void ManualWindow::followLink(const QUrl& to)
{
    for (int row = 0; row < m_pages->count(); ++row) {
        if (m_pages->item(row)->data(nameRole).toString() == pageOf(to)) {
            m_pages->setCurrentRow(row);
        }
    }
}

/// Only pages that have the words stay in the list; the first of them is shown if the one in front has not.
void ManualWindow::find(const QString& words)
{
    int first = -1;
    for (int row = 0; row < m_pages->count(); ++row) {
        QListWidgetItem* item = m_pages->item(row);
        const bool has = item->data(textRole).toString().contains(words, Qt::CaseInsensitive);
        item->setHidden(!has);
        first = first < 0 && has ? row : first;
    }
    m_nothing->setVisible(first < 0);
    if (first >= 0 && (m_pages->currentItem() == nullptr || m_pages->currentItem()->isHidden())) {
        m_pages->setCurrentRow(first);
    }
    m_text->moveCursor(QTextCursor::Start);
    if (!words.isEmpty()) {
        findNext();
    }
}

void ManualWindow::findNext()
{
    if (!m_text->find(m_words->text())) {
        m_text->moveCursor(QTextCursor::Start); // round again
        m_text->find(m_words->text());
    }
}

} // namespace sockeye
