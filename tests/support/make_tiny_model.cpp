// Writes a tiny random Stable Diffusion for tests of the programs: make_tiny_model FOLDER BASE [SEED].
#include <cstdlib>
#include <exception>
#include <iostream>

#include "tests/support/tiny_model.h"

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: make_tiny_model FOLDER BASE [SEED]\n";
    return 2;
  }
  try {
    likeness::test::writeTinyModel(argv[1], argv[2], argc > 3 ? static_cast<unsigned>(std::atoi(argv[3])) : 1);
    return 0;
  } catch (const std::exception& failure) {
    std::cerr << failure.what() << '\n';
    return 1;
  }
}
