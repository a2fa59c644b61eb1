#include "ui/widgets/stage_title.h"

#include <QCoreApplication>

namespace likeness {
namespace {

// Only so that lupdate finds them: the core has no Qt.
[[maybe_unused]] constexpr const char* kStages[] = {QT_TRANSLATE_NOOP("likeness::Stage", "Opening the model"),
                                                    QT_TRANSLATE_NOOP("likeness::Stage", "Reading photos"),
                                                    QT_TRANSLATE_NOOP("likeness::Stage", "Making prior images"),
                                                    QT_TRANSLATE_NOOP("likeness::Stage", "Encoding pictures"),
                                                    QT_TRANSLATE_NOOP("likeness::Stage", "Training"),
                                                    QT_TRANSLATE_NOOP("likeness::Stage", "Making pictures"),
                                                    QT_TRANSLATE_NOOP("likeness::Stage", "Writing the model")};

}  // namespace

QString stageTitle(const std::string& stage) { return QCoreApplication::translate("likeness::Stage", stage.c_str()); }

}  // namespace likeness
