// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/sendlist/list_step.h"
#include "ui/sendlist/send_list_reading.h"

#include <QJsonObject>
#include <QTimer>
#include <QWidget>

#include <functional>
#include <map>
#include <optional>

class QCheckBox;
class QHBoxLayout;
class QSpinBox;
class QToolButton;

namespace sockeye {

class DenseTable;
class ElidedLabel;
class ListComplaints;
class MessageKeys;
class SendListModel;

/// The send list of a client page: its messages in a table, what became of each, and the buttons that send, change and
/// keep them.
class SendListPanel final : public QWidget {
    Q_OBJECT
public:
    explicit SendListPanel(QWidget* parent = nullptr);

    void setUse(const ListUse& use); ///< whose client sends it
    /// What the composer holds, as a message; nothing where that cannot be sent. Asked for when somebody adds it.
    void setComposed(const std::function<std::optional<ListMessage>()>& composed) { m_composed = composed; }
    /// What the page is called that it is on; for who has messages for it.
    void setOwner(const std::function<QString()>& title) { m_owner = title; }
    [[nodiscard]] QString title() const; ///< of the page, with the file
    /// Where keys of messages are good: while the focus is in it.
    void setKeysFor(QWidget* page);

    void add(const ListMessage& message); ///< behind the current one
    void open(const QString& file); ///< what is there is gone then
    /// Do that, once nothing is lost by it: at once where nothing has changed, else when the user has said what is to
    /// become of the changes, unless that is to keep them.
    void whenReplaceable(const std::function<void()>& act); ///< by another list
    void whenClosable(const std::function<void()>& act); ///< with its page
    [[nodiscard]] bool hasChanges() const; ///< that no file has
    void importFrom(const QString& file); ///< what Packet Sender keeps: behind what is there
    void take(const std::shared_ptr<const Capture>& capture, const RowChoice& choice); ///< messages of a capture, too
    void sendAll();
    void sendOne(int row);
    void sendFrom(int row);

    // While it is sent.
    void begin(const ListPlan& plan, const std::shared_ptr<const ListProgress>& progress); ///< as runWanted() asked
    void show(const ListStep& step);
    void end(RepeatEnd end);
    [[nodiscard]] bool isRunning() const { return m_isRunning; }

    [[nodiscard]] SendListModel* model() const { return m_model; }
    [[nodiscard]] DenseTable* table() const { return m_table; }
    [[nodiscard]] QJsonObject saveState() const;
    void restore(const QJsonObject& state); ///< anything may stand in it

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

Q_SIGNALS:
    void runWanted(const sockeye::ListPlan& plan);
    void stopWanted();
    void selectedWanted(); ///< the messages that are selected on the page are to be taken
    /// Into the composer; `prepared` is what is sent then.
    void editWanted(const sockeye::ListMessage& message, const sockeye::PreparedMessage& prepared);
    void taken(const QString& said); ///< what take() or importFrom() came to, in a sentence
    void statusMessage(const QString& text);

private:
    void buildLayout();
    void buildRun(QHBoxLayout& row);
    void buildEdit(QHBoxLayout& row);
    void connectParts();
    void addFromComposer();
    void replaceFromComposer();
    void removeSelected();
    void move(int by);
    /// Makes the list ready, then does that with it; what it was to do before is forgotten.
    void whenReady(const std::function<void(const ListFile&)>& act);
    void run(qsizetype first, qsizetype count, qint64 rounds);
    void takePrepared(const ListFile& read, const QStringList& previews);
    void edited();
    void showProblems(const ListFile& read);
    void showState();
    void showSteps();
    void showWaiting();
    [[nodiscard]] QString countsText() const;
    void takeImported(const ImportedList& imported, const QString& problem);
    void takeOpened(const ListFile& read, const QString& file);
    void takeSaved(const QString& file, const QString& why);
    void makeKeys();
    // Files: send_list_files.cpp.
    void buildFileMenu();
    void chooseFile();
    void chooseImport();
    void chooseNewFile();
    void whenSettled(const QString& why, const std::function<void()>& act);
    void saveOrChoose();
    void save(const QString& file);
    void setFile(const QString& file, bool isChanged);
    void showFile();
    void placeName();
    void say(const QString& text, bool isError = false);
    [[nodiscard]] int currentRow() const;

    SendListModel* m_model;
    DenseTable* m_table;
    SendListReading* m_reading;
    MessageKeys* m_keys;
    ListComplaints* m_complaints; ///< below the table
    QToolButton* m_all;
    QToolButton* m_from;
    QToolButton* m_one;
    QToolButton* m_stop;
    QSpinBox* m_loop;
    QCheckBox* m_goesOn;
    QToolButton* m_add;
    QToolButton* m_replace;
    QToolButton* m_edit;
    QToolButton* m_remove;
    QToolButton* m_up;
    QToolButton* m_down;
    QToolButton* m_fileMenu;
    ElidedLabel* m_name; ///< of the file
    QHBoxLayout* m_run = nullptr; ///< the row above the table, which has the name where there is room for it
    ElidedLabel* m_state;
    QTimer m_pause; ///< since it was edited last
    ListUse m_use;
    std::function<std::optional<ListMessage>()> m_composed;
    std::function<QString()> m_owner;
    std::function<void(const ListFile&)> m_whenReady;
    std::function<void()> m_whenSaved;
    /// What became of a message lately.
    struct Shown {
        ListStep last;
        qint64 failures = 0;
        QString reason; ///< of the last failure
    };
    std::map<qsizetype, Shown> m_steps; ///< that the table does not show yet
    ListPlan m_plan; ///< that is sent
    std::shared_ptr<const ListProgress> m_progress; ///< null: nothing is sent
    int m_latest = 0; ///< the message that was sent last
    qint64 m_sent = 0;
    qint64 m_bad = 0;
    QString m_file; ///< empty: none
    quint64 m_revision = 0; ///< of the list: counts edits
    quint64 m_saving = 0; ///< which of them is being saved
    bool m_isChanged = false;
    bool m_comesBackChanged = false; ///< what is being restored was not as its file has it
    bool m_saysMistakes = false; ///< what is said below the table is of mistakes that are there no more, perhaps
    bool m_isRunning = false;
    bool m_followsSteps = false; ///< the row that was sent last stays in view, until somebody scrolls
};

} // namespace sockeye
