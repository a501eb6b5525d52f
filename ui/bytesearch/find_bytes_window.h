// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/bytesearch/hits_model.h"

#include <QElapsedTimer>
#include <QList>
#include <QWidget>

#include <functional>
#include <memory>
#include <vector>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace sockeye {

class DenseTable;
class ElidedLabel;

/// Looks for bytes, text in any encoding or a regular expression in all bytes of a page or of everything that is open,
/// and lists every hit, those in what comes later as well, until it is stopped or closed.
class FindBytesWindow final : public QWidget {
    Q_OBJECT
public:
    /// What there is to look at when somebody asks: all pages, or the one in front.
    using Targets = std::function<QList<SearchTarget>(bool all)>;

    FindBytesWindow(Targets targets, QWidget* parent);
    ~FindBytesWindow() override; ///< stops looking, without waiting

    void activate(); ///< shows itself, the old text selected
    void say(const QString& text); ///< why something is not possible
    [[nodiscard]] HitsModel& hits() const { return *m_hits; }

Q_SIGNALS:
    /// The bytes are to be shown in that page, which may be closed by now (null).
    void chosen(QObject* page, const std::shared_ptr<sockeye::Capture>& capture, const sockeye::StreamPlace& place,
        qint64 size);

private:
    void buildLayout();
    void kindChanged();
    [[nodiscard]] ByteNeedle::Made needle() const;
    void find();
    void next(); ///< looks at the next target
    void run(const std::shared_ptr<ByteSearch>& search);
    void abandon(); ///< all of them
    void stop();
    void look(); ///< how far it came, and whether more has come
    void goTo(const QModelIndex& index);
    void showState();
    [[nodiscard]] QString progressText() const;

    const Targets m_targets;
    QComboBox* m_kind;
    QLineEdit* m_what;
    QComboBox* m_encoding;
    QComboBox* m_where;
    QPushButton* m_find;
    QPushButton* m_stop;
    DenseTable* m_table;
    ElidedLabel* m_state;
    QPushButton* m_show;
    HitsModel* m_hits;
    QList<SearchTarget> m_left; ///< to be looked at
    std::vector<std::shared_ptr<ByteSearch>> m_searches; ///< of all that was begun with
    std::shared_ptr<ByteSearch> m_search; ///< of them that is running; null: none
    QElapsedTimer m_pass; ///< since the last one began to run, or ended
    qint64 m_pause = 0; ///< ms after its end before one goes on with what came later
    std::shared_ptr<const ByteNeedle> m_needle;
    bool m_isStopped = false;
    bool m_isFull = false; ///< some target had more hits than there is room for
    QString m_said; ///< why it cannot look, or how it ended
};

} // namespace sockeye
