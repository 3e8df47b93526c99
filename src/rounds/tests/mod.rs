mod freezing;
mod life;
mod publishing;
mod region;
mod windows;
