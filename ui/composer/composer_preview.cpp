// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/composer_preview.h"

#include "protocol/protocols/registry.h"
#include "ui/composer/composer_lengths.h"
#include "ui/composer/composer_model.h"
#include "ui/hexview/hex_view.h"
#include "ui/inspector/structure_view.h"
#include "ui/inspector/view_link.h"
#include "ui/text/byte_count_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/elided_label.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QTabBar>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace sockeye {

namespace {

/// Up to this size bytes are annotated with every key; larger ones a moment after the last.
constexpr qsizetype maxAtOnce = 64 * 1024;
constexpr int pauseMs = 200;
/// In characters of the text: the width from which bytes and structure stand side by side.
constexpr int sideBySideWidth = 100;

/// The field that an edit has changed first, in the content if anything changed there: lengths in the header follow by
/// themselves. -1 for none.
int changedField(const Annotation& before, const Annotation& after)
{
    const auto differsAt = [](QByteArrayView a, QByteArrayView b) -> qsizetype {
        const auto ends = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
        return ends.first == a.end() && ends.second == b.end() ? -1 : ends.second - b.begin();
    };
    const auto split = [](const Annotation& message) {
        return qBound<qint64>(0, message.contentOffset(), message.bytes().size());
    };
    const QByteArrayView oldBytes = before.bytes();
    const QByteArrayView newBytes = after.bytes();
    qsizetype at = differsAt(oldBytes.sliced(split(before)), newBytes.sliced(split(after)));
    at = at >= 0 ? at + split(after) : differsAt(oldBytes, newBytes);
    return at < 0 ? -1 : after.leafAt(qMin(at, newBytes.size() - 1));
}

} // namespace

ComposerPreview::ComposerPreview(ComposerModel& model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_tabs(new QTabBar(this))
    , m_size(new QLabel(this))
    , m_bytes(new HexView(this))
    , m_structure(new StructureView(this))
    , m_link(new ViewLink(m_structure, m_bytes, this))
    , m_path(new ElidedLabel(this))
    , m_remark(new QLabel(this))
    , m_timer(new QTimer(this))
{
    // The inspector's views have the plain names.
    m_bytes->setAccessibleName(tr("Request bytes"));
    m_structure->setAccessibleName(tr("Request structure"));
    m_tabs->addTab(tr("Goes out"));
    m_tabs->addTab(tr("Structure"));
    m_tabs->setDrawBase(false);
    m_tabs->setAccessibleName(tr("View of the request"));
    m_remark->setWordWrap(true);
    m_remark->hide();
    m_path->setMinimumHeight(fontMetrics().lineSpacing()); // also while there is nothing to say
    m_timer->setSingleShot(true);

    auto* head = new QHBoxLayout;
    head->addWidget(m_tabs);
    head->addStretch(1);
    head->addWidget(m_size);
    auto* views = new QHBoxLayout;
    views->setSpacing(8);
    views->addWidget(m_bytes, 3);
    views->addWidget(m_structure, 2);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(head);
    column->addLayout(views, 1);
    column->addWidget(m_path);
    column->addWidget(m_remark);
    column->addWidget(new ComposerLengths(model, this));

    connect(m_tabs, &QTabBar::currentChanged, this, &ComposerPreview::arrange);
    connect(m_timer, &QTimer::timeout, this, &ComposerPreview::annotateDraft);
    connect(m_link, &ViewLink::pathTextChanged, this, &ComposerPreview::showPath);
    connect(&m_model, &ComposerModel::changed, this, &ComposerPreview::schedule);
    annotateDraft();
    arrange();
}

QSize ComposerPreview::sizeHint() const
{
    return { fontMetrics().averageCharWidth() * 50, fontMetrics().lineSpacing() * 13 };
}

void ComposerPreview::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void ComposerPreview::arrange()
{
    const bool sideBySide = width() >= fontMetrics().averageCharWidth() * sideBySideWidth;
    if (m_tabs->isTabVisible(1) == sideBySide) {
        m_tabs->setTabVisible(1, !sideBySide);
    }
    m_bytes->setVisible(sideBySide || m_tabs->currentIndex() == 0);
    m_structure->setVisible(sideBySide || m_tabs->currentIndex() == 1);
}

void ComposerPreview::schedule()
{
    m_timer->start(m_model.draft().content().size() <= maxAtOnce ? 0 : pauseMs);
}

void ComposerPreview::annotateDraft()
{
    const RequestDraft& draft = m_model.draft();
    auto message = std::make_shared<InspectedMessage>();
    message->protocol = spokenBy(m_model.protocol(), m_model.sender());
    message->annotation = annotate(message->protocol, draft.bytes());
    message->direction = Direction::Out;
    const std::optional<Error>& error = message->annotation.error();
    m_size->setText(byteCountText(message->bytes().size()));

    // What is wrong with the bytes is worth knowing, but often meant.
    QString remark = draft.remark();
    if (remark.isEmpty() && error) {
        const QString found = describe(*error);
        remark = m_model.sender() == Sender::Client ? tr("A server will find: %1").arg(found)
                                                    : tr("A client will find: %1").arg(found);
    }
    m_remark->setText(remark);
    m_remark->setVisible(!remark.isEmpty());
    QPalette palette = this->palette();
    palette.setColor(QPalette::WindowText, Theme::instance().error());
    m_remark->setPalette(palette);

    const InspectedMessagePtr before = m_bytes->message();
    m_bytes->setMessage(message);
    m_structure->setMessage(message);
    // What is being typed is what one wants to see.
    if (const int field = before ? changedField(before->annotation, message->annotation) : -1; field >= 0) {
        const Field& changed = message->annotation.fields()[static_cast<std::size_t>(field)];
        m_bytes->select(changed.offset, changed.size);
    }
    showPath();
}

void ComposerPreview::showPath()
{
    const QString path = m_link->pathText();
    m_path->setFullText(path);
    m_path->setVisible(m_remark->isHidden());
}

} // namespace sockeye
