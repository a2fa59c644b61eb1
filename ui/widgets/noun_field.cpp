#include "ui/widgets/noun_field.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QStringList>

namespace likeness {
namespace {

// English on purpose: these words go into the prompt, and the text encoder reads English.
QStringList commonNouns() {
  return {QStringLiteral("baby"),     QStringLiteral("backpack"), QStringLiteral("bag"),      QStringLiteral("ball"),
          QStringLiteral("bear"),     QStringLiteral("bicycle"),  QStringLiteral("bird"),     QStringLiteral("boat"),
          QStringLiteral("boot"),     QStringLiteral("bottle"),   QStringLiteral("bowl"),     QStringLiteral("boy"),
          QStringLiteral("building"), QStringLiteral("cake"),     QStringLiteral("camera"),   QStringLiteral("can"),
          QStringLiteral("candle"),   QStringLiteral("car"),      QStringLiteral("cartoon"),  QStringLiteral("castle"),
          QStringLiteral("cat"),      QStringLiteral("chair"),    QStringLiteral("child"),    QStringLiteral("clock"),
          QStringLiteral("couple"),   QStringLiteral("cow"),      QStringLiteral("cup"),      QStringLiteral("dog"),
          QStringLiteral("doll"),     QStringLiteral("dress"),    QStringLiteral("duck"),     QStringLiteral("elephant"),
          QStringLiteral("face"),     QStringLiteral("figurine"), QStringLiteral("fish"),     QStringLiteral("flower"),
          QStringLiteral("fox"),      QStringLiteral("garden"),   QStringLiteral("girl"),     QStringLiteral("glasses"),
          QStringLiteral("guitar"),   QStringLiteral("hat"),      QStringLiteral("horse"),    QStringLiteral("house"),
          QStringLiteral("jacket"),   QStringLiteral("jar"),      QStringLiteral("kitten"),   QStringLiteral("lamp"),
          QStringLiteral("landscape"), QStringLiteral("lion"),    QStringLiteral("man"),      QStringLiteral("monster toy"),
          QStringLiteral("motorcycle"), QStringLiteral("mug"),    QStringLiteral("necklace"), QStringLiteral("owl"),
          QStringLiteral("painting"), QStringLiteral("person"),   QStringLiteral("piano"),    QStringLiteral("plane"),
          QStringLiteral("plant"),    QStringLiteral("plushie"),  QStringLiteral("portrait"), QStringLiteral("puppy"),
          QStringLiteral("rabbit"),   QStringLiteral("ring"),     QStringLiteral("robot"),    QStringLiteral("robot toy"),
          QStringLiteral("room"),     QStringLiteral("sculpture"), QStringLiteral("sheep"),   QStringLiteral("ship"),
          QStringLiteral("shoe"),     QStringLiteral("sneaker"),  QStringLiteral("sofa"),     QStringLiteral("spaceship"),
          QStringLiteral("statue"),   QStringLiteral("stuffed animal"), QStringLiteral("style"), QStringLiteral("sunglasses"),
          QStringLiteral("table"),    QStringLiteral("teapot"),   QStringLiteral("tiger"),    QStringLiteral("toy"),
          QStringLiteral("train"),    QStringLiteral("tree"),     QStringLiteral("truck"),    QStringLiteral("vase"),
          QStringLiteral("watch"),    QStringLiteral("wolf"),     QStringLiteral("woman")};
}

}  // namespace

NounField::NounField(QWidget* parent) : QLineEdit(parent) {
  setAcceptDrops(false);
  setMaxLength(60);
  setPlaceholderText(tr("dog, teapot, person …"));
  auto* completer = new QCompleter(commonNouns(), this);
  completer->setCaseSensitivity(Qt::CaseInsensitive);
  completer->setMaxVisibleItems(6);
  completer->popup()->setObjectName(QStringLiteral("completion"));
  setCompleter(completer);
}

}  // namespace likeness
