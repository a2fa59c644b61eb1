// Writes a tiny random Stable Diffusion for tests of the programs: make_tiny_model FOLDER BASE [SEED [KIND [plain]]],
// where KIND is sd1, sd2, sdxl or inpainting; plain: see writeTinyModel().
#include <cstdlib>
#include <exception>
#include <iostream>
#include <map>
#include <string>

#include "tests/support/tiny_model.h"

namespace {

likeness::test::TinyKind kindOf(const std::string& name) {
  using enum likeness::test::TinyKind;
  const std::map<std::string, likeness::test::TinyKind> kinds = {
      {"sd1", Sd1}, {"sd2", Sd2}, {"sdxl", Sdxl}, {"inpainting", Inpainting}};
  return kinds.at(name);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: make_tiny_model FOLDER BASE [SEED [sd1|sd2|sdxl|inpainting [plain]]]\n";
    return 2;
  }
  try {
    likeness::test::writeTinyModel(argv[1], argv[2], argc > 3 ? static_cast<unsigned>(std::atoi(argv[3])) : 1,
                                  kindOf(argc > 4 ? argv[4] : "sd1"), argc > 5 && std::string(argv[5]) == "plain");
    return 0;
  } catch (const std::exception& failure) {
    std::cerr << failure.what() << '\n';
    return 1;
  }
}
