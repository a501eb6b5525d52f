// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/relay/faults/fault_kinds.h"

#include <QWidget>

#include <vector>

class QCheckBox;
class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;

namespace sockeye {

/// The numbers of one fault, where and how often it strikes; what is wrong with them stands below, in a sentence.
class FaultForm final : public QWidget {
    Q_OBJECT
public:
    explicit FaultForm(QWidget* parent = nullptr);

    void showFault(const FaultSettings& fault); ///< of any kind
    void setTransport(Transport transport); ///< by which it is judged
    void focusFirst();

Q_SIGNALS:
    void changed(const sockeye::FaultSettings& fault); ///< by the user, and nothing is wrong with it

private:
    struct Field {
        const FaultKey* key = nullptr;
        // One of these, by its unit.
        QLineEdit* number = nullptr;
        QCheckBox* flag = nullptr;
        QComboBox* words = nullptr;
        QLineEdit* text = nullptr;
    };

    void build(const FaultKind& kind);
    QLineEdit* newNumber(int characters);
    QLineEdit* newText();
    void addField(const QString& label, QWidget* field, const QString& unit);
    void addWide(const QString& label, QWidget* field);
    void addLabel(const QString& label, QWidget* field, int row, int column);
    void fitNumbers();
    void take();
    void showProblem(const QString& text);

    QWidget* m_fields = nullptr;
    QGridLayout* m_grid = nullptr;
    int m_places = 0; ///< of the grid that are taken, two in a row
    /// Fields of numbers, the place of each in its row, and what it has to have room for.
    struct Number {
        QLineEdit* edit = nullptr;
        int place = 0;
        int characters = 0;
    };
    std::vector<Number> m_edits;
    std::vector<Field> m_numbers;
    QComboBox* m_stream = nullptr; ///< null where it has no direction
    QLineEdit* m_toxicity = nullptr;
    QLineEdit* m_where = nullptr; ///< null where it cannot be bound to messages
    QLabel* m_sentence;
    QLabel* m_problem;
    FaultSettings m_fault; ///< as it was shown or taken last
    Transport m_transport = Transport::Tcp;
    bool m_isShowing = false;
};

} // namespace sockeye
