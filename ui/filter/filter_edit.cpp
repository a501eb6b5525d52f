// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/filter/filter_edit.h"

#include "protocol/filter/written.h"
#include "ui/filter/candidate_delegate.h"
#include "ui/filter/filter_fields.h"
#include "ui/theme/theme.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QStandardItemModel>
#include <QToolTip>

#include <algorithm>

namespace sockeye {

namespace {

constexpr int wholeTextRole = Qt::UserRole + 1; ///< the candidate replaces all of the text
constexpr qsizetype longestPlain = 200;

/// Words that somebody looks for: nothing in them could be meant as a filter.
bool isPlain(QStringView text)
{
    static constexpr QStringView signs = u"=!<>~&|(){}[]$\"";
    return !text.isEmpty() && text.size() <= longestPlain
        && std::none_of(text.cbegin(), text.cend(), [](QChar c) { return signs.contains(c); });
}

} // namespace

FilterEdit::FilterEdit(FilterFields& fields, QWidget* parent)
    : QLineEdit(parent)
    , m_fields(fields)
    , m_completer(new QCompleter(this))
    , m_candidates(new QStandardItemModel(this))
{
    setClearButtonEnabled(true);
    setMaxLength(10'000);
    m_completer->setModel(m_candidates);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->setMaxVisibleItems(10);
    m_completer->setWidget(this); // not setCompleter(): that one replaces the whole text
    m_completer->popup()->setItemDelegate(new CandidateDelegate(m_completer));
    m_completer->popup()->setAccessibleName(tr("Completions"));
    const auto takeTheme = [this] {
        setFont(Theme::instance().monospace());
        m_completer->popup()->setFont(Theme::instance().monospace());
    };
    takeTheme();
    connect(&Theme::instance(), &Theme::changed, this, takeTheme);
    connect(m_completer, qOverload<const QModelIndex&>(&QCompleter::activated), this, &FilterEdit::insert);
    connect(this, &QLineEdit::textChanged, this, &FilterEdit::check);
    connect(this, &QLineEdit::textEdited, this, &FilterEdit::edited);
    connect(&fields, &FilterFields::changed, this, &FilterEdit::check);
}

void FilterEdit::setChecking(bool checking)
{
    m_isChecking = checking;
    check();
}

void FilterEdit::check()
{
    m_mistake.reset();
    m_remarks.clear();
    if (m_isChecking) {
        const auto filter = filter::Filter::compile(text(), m_fields.schema());
        if (filter) {
            if (isUnknownWord()) {
                const QString word = text().trimmed();
                m_mistake = filter::Mistake { text().indexOf(word), word.size(),
                    tr("No field %1 is known here.").arg(u'`' + word + u'`'), {} };
            } else {
                m_filter = *filter;
                m_remarks = filter->remarks();
            }
        } else {
            m_mistake = filter.error();
        }
    }
    update();
    Q_EMIT checked();
}

/// Of some protocols any name may be a field of a message, and alone it asks whether that is there. A word that no
/// message was seen to have is one that somebody looks for.
bool FilterEdit::isUnknownWord() const
{
    const QString word = text().trimmed();
    if (!isPlain(word) || word.contains(u' ')) {
        return false;
    }
    const QString name = word.left(word.indexOf(u'.'));
    const filter::Schema& schema = m_fields.forCompletion();
    const auto begins = [&name](const filter::OccurringField& field) {
        return field.path.startsWith(name)
            && (field.path.size() == name.size() || QStringView(u".[").contains(field.path[name.size()]));
    };
    const QList<filter::OccurringField> occurring = schema.occurring.value_or(QList<filter::OccurringField>());
    return !schema.names().contains(name) && std::none_of(occurring.cbegin(), occurring.cend(), begins);
}

QString FilterEdit::plainMeaning() const
{
    const QString plain = text().trimmed();
    return m_mistake && isPlain(plain) ? QString(u"text contains " + filter::writtenText(plain.toUtf8())) : QString();
}

QString FilterEdit::sentence() const
{
    if (m_mistake) {
        const QString meant = plainMeaning();
        if (!meant.isEmpty()) {
            return tr("%1 Return looks for it in texts: %2").arg(m_mistake->text, meant);
        }
        return m_mistake->suggestion.isEmpty()
            ? m_mistake->text
            : tr("%1 Return takes %2.").arg(m_mistake->text, u'`' + m_mistake->suggestion + u'`');
    }
    QStringList sentences;
    for (const filter::Mistake& remark : m_remarks) {
        sentences.append(remark.text);
    }
    return sentences.join(u' ');
}

bool FilterEdit::takeSuggestion()
{
    const QString plain = plainMeaning();
    if (!plain.isEmpty()) {
        setText(plain);
    } else if (m_mistake && !m_mistake->suggestion.isEmpty()) {
        const filter::Mistake mistake = *m_mistake;
        QString changed = text();
        changed.replace(mistake.at, mistake.length, mistake.suggestion);
        setText(changed);
        setCursorPosition(static_cast<int>(mistake.at + mistake.suggestion.size()));
    } else {
        return false;
    }
    return true;
}

void FilterEdit::edited()
{
    if (!m_isChecking) {
        return;
    }
    if (!m_fields.forCompletion().occurring) {
        m_fields.refresh(); // there was nothing when the focus came
    }
    const filter::Completion completion = filter::complete(text(), cursorPosition(), m_fields.forCompletion());
    const QStringView typed = QStringView(text()).sliced(completion.at, completion.length);
    // Not before there is a letter to go by, and not where it says what stands there already.
    const bool isDone = completion.candidates.size() == 1 && completion.candidates.first().text == typed;
    if (typed.isEmpty() || isDone) {
        m_completer->popup()->hide();
    } else {
        offer(completion);
    }
}

void FilterEdit::complete()
{
    if (m_isChecking) {
        offer(filter::complete(text(), cursorPosition(), m_fields.forCompletion()));
    }
}

void FilterEdit::offer(const filter::Completion& completion)
{
    m_offered = completion;
    m_candidates->clear();
    const auto add = [this](const QString& text, const QString& about, bool isWholeText) {
        auto* item = new QStandardItem(text);
        item->setData(about, CandidateDelegate::AboutRole);
        item->setData(isWholeText, wholeTextRole);
        item->setData(about.isEmpty() ? text : QString(text + u", " + about), Qt::AccessibleTextRole);
        m_candidates->appendRow(item);
    };
    for (const filter::Candidate& candidate : completion.candidates) {
        add(candidate.text, candidate.about, false);
    }
    if (const QString plain = plainMeaning(); !plain.isEmpty()) {
        add(plain, tr("looks for it in texts"), true);
    }
    if (m_candidates->rowCount() == 0) {
        m_completer->popup()->hide();
        return;
    }
    const int x = positionX(completion.at);
    const int most = std::max(320, std::min(560, window()->width() / 2));
    m_completer->complete(QRect(std::max(0, x - 4), 0, most, height()));
    m_completer->popup()->setCurrentIndex({}); // Return is for the filter until one is chosen
}

void FilterEdit::insert(const QModelIndex& index)
{
    const QString chosen = index.data().toString();
    QString changed = text();
    qsizetype at = 0;
    if (index.data(wholeTextRole).toBool()) {
        changed = chosen;
        at = chosen.size();
    } else {
        changed.replace(m_offered.at, m_offered.length, chosen);
        at = m_offered.at + chosen.size();
    }
    setText(changed);
    setCursorPosition(static_cast<int>(at));
}

bool FilterEdit::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const QString said = sentence();
        if (!said.isEmpty()) {
            QToolTip::showText(
                static_cast<QHelpEvent*>(event)->globalPos(), QString(u"<p>" + said.toHtmlEscaped() + u"</p>"), this);
            return true;
        }
    }
    // Else it would go to the next field before there is a key press.
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Tab && takeCompletion()) {
        event->accept();
        return true;
    }
    // Shortcuts of the window must not take what completes here.
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QLineEdit::event(event);
}

/// The one that is chosen, else the first; false where none are offered.
bool FilterEdit::takeCompletion()
{
    QAbstractItemView* const popup = m_completer->popup();
    if (!popup->isVisible()) {
        return false;
    }
    const QModelIndex chosen = popup->currentIndex();
    insert(m_candidates->index(chosen.isValid() ? chosen.row() : 0, 0));
    popup->hide();
    return true;
}

void FilterEdit::focusInEvent(QFocusEvent* event)
{
    QLineEdit::focusInEvent(event);
    m_fields.refresh();
}

void FilterEdit::keyPressEvent(QKeyEvent* event)
{
    QAbstractItemView* const popup = m_completer->popup();
    switch (event->key()) {
    case Qt::Key_Space:
        if (event->modifiers() == Qt::ControlModifier) {
            complete();
            return;
        }
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!m_isChecking) {
            break;
        }
        if (popup->isVisible() && popup->currentIndex().isValid()) {
            event->ignore();
            return;
        }
        popup->hide();
        if (m_mistake) {
            (void)takeSuggestion();
        }
        if (!m_mistake) {
            Q_EMIT accepted();
        }
        return;
    case Qt::Key_Escape:
        if (popup->isVisible()) {
            popup->hide();
        } else if (m_isChecking) {
            Q_EMIT escaped();
        } else {
            break;
        }
        return;
    default:
        break;
    }
    QLineEdit::keyPressEvent(event);
}

/// Where a place of the text is on the screen, however far it is scrolled.
int FilterEdit::positionX(qsizetype at) const
{
    constexpr int besideCursor = 5; // QLineEdit's rectangle of the cursor has room around it
    const auto width = [this](qsizetype count) { return fontMetrics().horizontalAdvance(text().left(count)); };
    return cursorRect().x() + besideCursor - width(cursorPosition()) + width(at);
}

void FilterEdit::paintEvent(QPaintEvent* event)
{
    QLineEdit::paintEvent(event);
    if (m_mistake) {
        underline(*m_mistake, Theme::instance().error());
        return;
    }
    for (const filter::Mistake& remark : std::as_const(m_remarks)) {
        underline(remark, Theme::instance().warning());
    }
}

void FilterEdit::underline(const filter::Mistake& mistake, const QColor& colour)
{
    const int begin = positionX(mistake.at);
    // Where something is missing there is nothing to underline but the place itself.
    const int end = std::max(begin + fontMetrics().averageCharWidth(), positionX(mistake.at + mistake.length));
    const int y = (height() + fontMetrics().height()) / 2 - 1;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipRect(rect().adjusted(4, 0, -4, 0));
    painter.setPen(QPen(colour, 1.4));
    constexpr int wave = 2;
    QPainterPath path(QPointF(begin, y));
    for (int x = begin, i = 1; x < end; x += wave, ++i) {
        path.lineTo(x + wave, y - (i % 2 == 0 ? 0 : wave));
    }
    painter.drawPath(path);
}

} // namespace sockeye
