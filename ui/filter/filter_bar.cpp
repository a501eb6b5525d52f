// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/filter/filter_bar.h"

#include "ui/filter/filter_edit.h"
#include "ui/filter/filter_shelf.h"
#include "ui/theme/theme.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QFocusEvent>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QMenu>
#include <QToolButton>

namespace sockeye {

namespace {

using namespace std::chrono_literals;

constexpr auto pause = 300ms; ///< who types is not to see the list of half a filter

QString forMenu(const QFontMetrics& metrics, QString text)
{
    constexpr int widest = 480;
    return metrics.elidedText(text.replace(u'&', QLatin1StringView("&&")), Qt::ElideRight, widest);
}

} // namespace

FilterBar::FilterBar(FilterFields& fields, QWidget* parent)
    : QWidget(parent)
    , m_edit(new FilterEdit(fields, this))
    , m_shelf(new QToolButton(this))
    , m_stop(new QToolButton(this))
    , m_menu(new QMenu(this))
{
    m_edit->setAccessibleName(tr("Filter"));
    m_edit->setPlaceholderText(tr("Filter: size > 100 && dir == in"));
    m_edit->installEventFilter(this);
    m_shelf->setAccessibleName(tr("Filters"));
    m_shelf->setToolTip(tr("Filters that were used lately, and those that you have saved"));
    m_shelf->setPopupMode(QToolButton::InstantPopup);
    m_shelf->setAutoRaise(true);
    m_shelf->setMenu(m_menu);
    m_stop->setAccessibleName(tr("Stop filtering"));
    m_stop->setToolTip(tr("Stop filtering: the rows found so far stay"));
    m_stop->setAutoRaise(true);
    m_stop->hide();
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_edit, 1);
    layout->addWidget(m_stop);
    layout->addWidget(m_shelf);
    m_soon.setSingleShot(true);
    m_soon.setInterval(pause);

    connect(&m_soon, &QTimer::timeout, this, [this] {
        if (m_edit->completions()->popup()->isVisible()) {
            m_soon.start(); // a word is not whole yet
        } else {
            apply();
        }
    });
    connect(m_edit, &FilterEdit::checked, this, [this] {
        m_soon.start();
        Q_EMIT sentenceChanged();
    });
    connect(m_edit, &FilterEdit::accepted, this, [this] {
        apply();
        FilterShelf::instance().use(m_edit->text());
    });
    connect(m_edit, &FilterEdit::escaped, this, &FilterBar::escape);
    connect(m_menu, &QMenu::aboutToShow, this, &FilterBar::fillMenu);
    connect(m_stop, &QToolButton::clicked, this, &FilterBar::stopRequested);
    connect(&Theme::instance(), &Theme::changed, this, &FilterBar::takeTheme);
    takeTheme();
    fillMenu(); // a button without a menu looks like another one
}

void FilterBar::takeTheme()
{
    m_shelf->setIcon(Theme::instance().icon(QStringLiteral("chevron-down")));
    m_stop->setIcon(Theme::instance().icon(QStringLiteral("stop")));
}

QString FilterBar::text() const
{
    return m_edit->text();
}

bool FilterBar::hasMistake() const
{
    return m_edit->mistake().has_value();
}

QString FilterBar::sentence() const
{
    return m_edit->sentence();
}

void FilterBar::setBusy(bool busy)
{
    m_stop->setVisible(busy);
}

void FilterBar::setText(const QString& text)
{
    m_edit->setText(text);
    apply();
}

void FilterBar::add(const QString& test, bool also)
{
    QString before = m_edit->text().trimmed();
    if (hasMistake()) {
        before = m_inForce.text().trimmed(); // to what is wrong nothing can be added
    }
    if (!also || before.isEmpty()) {
        setText(test);
    } else {
        const bool hasOr = before.contains(u"||") || before.contains(u" or ");
        setText((hasOr ? QString(u'(' + before + u')') : before) + u" && " + test);
    }
    FilterShelf::instance().use(m_edit->text());
}

void FilterBar::checkAnew()
{
    if (m_edit->text().isEmpty() && m_inForce.isEmpty()) {
        return;
    }
    // What is in force was compiled for other fields.
    m_inForce = hasMistake() ? filter::Filter() : m_edit->filter();
    m_soon.stop();
}

void FilterBar::apply()
{
    m_soon.stop();
    if (!hasMistake() && m_edit->filter().text() != m_inForce.text()) {
        m_inForce = m_edit->filter();
        Q_EMIT filterChanged();
    }
}

/// Back to the filter in force, then to none, then to the table.
void FilterBar::escape()
{
    if (hasMistake() && !m_inForce.isEmpty()) {
        m_edit->setText(m_inForce.text());
    } else if (!m_edit->text().isEmpty()) {
        setText({});
    } else {
        Q_EMIT left();
    }
}

bool FilterBar::eventFilter(QObject* watched, QEvent* event)
{
    // A list of completions, a menu or another window take it for a moment only.
    const bool isLeft = watched == m_edit && event->type() == QEvent::FocusOut
        && static_cast<QFocusEvent*>(event)->reason() != Qt::PopupFocusReason
        && static_cast<QFocusEvent*>(event)->reason() != Qt::ActiveWindowFocusReason
        && !m_edit->completions()->popup()->isVisible();
    if (isLeft && !hasMistake()) {
        apply();
        FilterShelf::instance().use(m_edit->text());
    }
    return QWidget::eventFilter(watched, event);
}

void FilterBar::fillMenu()
{
    m_menu->clear();
    FilterShelf& shelf = FilterShelf::instance();
    const QStringList names = shelf.names();
    if (!names.isEmpty()) {
        m_menu->addSection(tr("Saved"));
    }
    for (const QString& name : names) {
        const QString filter = shelf.named(name);
        QAction* action = m_menu->addAction(forMenu(fontMetrics(), name), this, [this, filter] { setText(filter); });
        action->setToolTip(filter);
    }
    const QStringList recent = shelf.recent();
    if (!recent.isEmpty()) {
        m_menu->addSection(tr("Used lately"));
    }
    for (const QString& filter : recent) {
        m_menu->addAction(forMenu(fontMetrics(), filter), this, [this, filter] { setText(filter); });
    }
    m_menu->addSeparator();
    QAction* save = m_menu->addAction(tr("Save this filter…"), this, &FilterBar::askForName);
    save->setEnabled(!hasMistake() && !m_edit->text().trimmed().isEmpty());
    QMenu* remove = m_menu->addMenu(tr("Remove saved filter"));
    remove->setEnabled(!names.isEmpty());
    for (const QString& name : names) {
        remove->addAction(forMenu(fontMetrics(), name), &shelf, [&shelf, name] { shelf.remove(name); });
    }
    QAction* forget = m_menu->addAction(tr("Forget those used lately"), &shelf, &FilterShelf::forgetRecent);
    forget->setEnabled(!recent.isEmpty());
    m_menu->setToolTipsVisible(true);
}

void FilterBar::askForName()
{
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Save filter"));
    dialog->setLabelText(tr("Name for %1").arg(m_edit->text().left(80)));
    connect(dialog, &QInputDialog::textValueSelected, this, [filter = m_edit->text()](const QString& name) {
        if (!name.trimmed().isEmpty()) {
            FilterShelf::instance().save(name.trimmed(), filter);
        }
    });
    dialog->open();
}

} // namespace sockeye
